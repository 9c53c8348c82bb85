namespace ParDsl.Compiler.Plans;

/// <summary>
/// What a layer, the loss or a metric moves inside forward or backward: a batch norm's statistics between data ranks; between
/// tensor ranks values, their gradients, and numbers of each row of logits.
/// </summary>
/// <param name="Layer">The layer's index in the model; the last one's for the loss and metrics.</param>
/// <param name="Elements">The numbers that each rank puts in.</param>
/// <param name="Bytes">The same in bytes: values and gradients in the run's precision, all else in float32 at least.</param>
public sealed record LayerCollective(int Layer, CollectiveKind Kind, int Group, long Elements, long Bytes);
