namespace ParDsl.Compiler.Plans;

/// <summary>
/// A sum over a group's ranks that a layer needs inside forward or backward: batch norm's statistics, which are the whole
/// micro-batch's on every rank.
/// </summary>
/// <param name="Layer">The layer's index in the model.</param>
/// <param name="Elements">The numbers that each rank puts in, of the run's precision.</param>
public sealed record LayerCollective(int Layer, int Group, long Elements, long Bytes);
