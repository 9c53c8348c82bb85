namespace ParDsl.Runtime.Checkpoints;

/// <summary>The best value on validation so far, and the update that it was measured after.</summary>
/// <param name="Metric"><c>loss</c> or a metric's name.</param>
public sealed record BestState(string Metric, double Value, long Step);
