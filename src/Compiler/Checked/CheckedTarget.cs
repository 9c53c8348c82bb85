namespace ParDsl.Compiler.Checked;

/// <summary>What the model is to give for a sample.</summary>
public abstract record CheckedTarget
{
    private CheckedTarget()
    {
    }

    /// <summary>One of <c>Count</c> classes, as an integer from 0.</summary>
    public sealed record Class(long Count) : CheckedTarget;

    /// <summary>Real numbers of this shape.</summary>
    public sealed record Values(Shape Shape) : CheckedTarget;
}
