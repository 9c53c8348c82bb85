using System.Collections.Immutable;

namespace ParDsl.Compiler.Plans;

/// <summary>
/// A run of layers that a rank takes forward, and backward, in one go. A stage is cut into segments where something happens
/// between two layers: a bucket of gradients is complete, parameters are fetched, activations are computed again.
/// </summary>
/// <param name="Index">Its number on the rank.</param>
/// <param name="Stage">The pipeline stage that it belongs to, counted over the whole model.</param>
/// <param name="FirstLayer">The index of its first layer.</param>
/// <param name="Inputs">
/// The layers outside it whose values it reads, in order; <see cref="Checked.CheckedLayer.ModelInput"/> is the sample.
/// </param>
/// <param name="DifferentiableInputs">Those of the inputs that depend on parameters: they have gradients.</param>
/// <param name="Outputs">Its layers whose values are read outside it, in order; the loss does not count.</param>
/// <param name="Buckets">The buckets that hold its parameters.</param>
/// <param name="IsRecomputed">Whether it keeps its inputs only, and runs forward again before its backward pass.</param>
public sealed record SegmentPlan(
    int Index,
    int Stage,
    int FirstLayer,
    int LayerCount,
    ImmutableArray<int> Inputs,
    ImmutableArray<int> DifferentiableInputs,
    ImmutableArray<int> Outputs,
    ImmutableArray<int> Buckets,
    bool IsRecomputed)
{
    public bool Holds(int layer) => layer >= FirstLayer && layer < FirstLayer + LayerCount;
}
