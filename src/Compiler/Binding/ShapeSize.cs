using ParDsl.Compiler.Checked;

namespace ParDsl.Compiler.Binding;

internal static class ShapeSize
{
    /// <summary>Whether 64 bits hold the count of the shape's elements.</summary>
    public static bool IsCountable(Shape shape)
    {
        try
        {
            return shape.ElementCount >= 0;
        }
        catch (OverflowException)
        {
            return false;
        }
    }
}
