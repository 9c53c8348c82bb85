using System.Collections.Immutable;
using static TorchSharp.torch;

namespace ParDsl.Runtime.Checkpoints;

/// <summary>All that a run needs to go on as if it had never stopped. The tensors stay whoever's they are.</summary>
/// <param name="Step">Updates done.</param>
/// <param name="Epoch">The epoch that the last update belongs to, from 1; 0 before the first update.</param>
/// <param name="Fingerprint">Of the spec, its layout left out: <see cref="SpecFingerprint"/>.</param>
/// <param name="DataPosition">Training samples of the running epoch that updates have used.</param>
/// <param name="Model">Parameters and buffers by PyTorch's names: <c>fc2.weight</c>, <c>1.running_mean</c>.</param>
/// <param name="Optimizer">By parameter and PyTorch's name of the state: <c>fc2.weight.exp_avg</c>.</param>
public sealed record TrainingState(
    long Step,
    long Epoch,
    long Seed,
    string Fingerprint,
    long DataPosition,
    ImmutableSortedDictionary<string, Tensor> Model,
    ImmutableSortedDictionary<string, Tensor> Optimizer)
{
    /// <summary>Null where the loss is not scaled.</summary>
    public LossScaleState? LossScale { get; init; }
}
