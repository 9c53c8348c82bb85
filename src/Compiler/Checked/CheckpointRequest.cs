namespace ParDsl.Compiler.Checked;

/// <summary>When a run's state is written, and how much of it stays; at the run's end it always is.</summary>
/// <param name="Every"><c>500 steps</c>, <c>1 epochs</c>, <c>10 min</c>; empty: only at the end.</param>
/// <param name="Keep">How many of the last ones stay.</param>
/// <param name="Best"><c>loss</c> or a metric, on validation; empty: no best one is kept.</param>
public sealed record CheckpointRequest(string Every, int Keep, string Best)
{
    public static readonly CheckpointRequest AtEnd = new("", 3, "");
}
