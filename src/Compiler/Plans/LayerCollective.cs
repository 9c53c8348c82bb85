namespace ParDsl.Compiler.Plans;

/// <summary>
/// What a layer moves inside forward or backward: batch norm's statistics, which are the whole micro-batch's on every rank.
/// </summary>
/// <param name="Layer">The layer's index in the model.</param>
/// <param name="Elements">The numbers that each rank puts in, in float32 at least.</param>
/// <param name="Bytes">The same in bytes.</param>
public sealed record LayerCollective(int Layer, CollectiveKind Kind, int Group, long Elements, long Bytes);
