namespace ParDsl.Compiler.Checked;

/// <summary>What the model is to give for a sample.</summary>
public abstract record CheckedTarget
{
    private CheckedTarget()
    {
    }

    /// <summary>One of <c>Count</c> classes, as an integer from 0; or one at each place of a text.</summary>
    public sealed record Class(long Count) : CheckedTarget
    {
        /// <summary>What has a class each: [] is the whole sample, [128] each of 128 places.</summary>
        public Shape Places { get; init; } = Shape.Of();
    }

    /// <summary>Real numbers of this shape.</summary>
    public sealed record Values(Shape Shape) : CheckedTarget;
}
