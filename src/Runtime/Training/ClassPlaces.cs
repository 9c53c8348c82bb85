using ParDsl.Compiler.Checked;

namespace ParDsl.Runtime.Training;

/// <summary>How many classes each sample is judged by: an output [classes] has 1, [128, classes] has 128.</summary>
internal static class ClassPlaces
{
    public static long Count(Shape output) => output.ElementCount / output.Sizes[^1];
}
