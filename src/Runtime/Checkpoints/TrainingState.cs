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

    /// <summary>Sums for the running epoch's report.</summary>
    public EpochState EpochTotals { get; init; } = EpochState.Empty;

    /// <summary>Whether what follows the update, an epoch's evaluation, is done.</summary>
    public bool IsEvaluated { get; init; }

    /// <summary>Whether the run has come to its end here, tests included.</summary>
    public bool IsFinished { get; init; }

    /// <summary>Null where nothing was measured yet, or no best one is kept.</summary>
    public BestState? Best { get; init; }

    /// <summary>The spec with every default written out; empty where nobody gave one.</summary>
    public string Spec { get; init; } = "";

    /// <summary>
    /// Where the tensors of <see cref="Model"/> and <see cref="Optimizer"/> are pieces of others: of which part, by name.
    /// </summary>
    internal ImmutableSortedDictionary<string, PiecePlace> Places { get; init; } =
        ImmutableSortedDictionary<string, PiecePlace>.Empty.WithComparers(StringComparer.Ordinal);

    /// <summary>The parts that its tensors are written in, each by a process of its own.</summary>
    internal int PartCount { get; init; } = 1;

    /// <summary>No updates and no tensors.</summary>
    internal static TrainingState Nothing { get; } = new(
        0,
        0,
        0,
        "",
        0,
        ImmutableSortedDictionary<string, Tensor>.Empty,
        ImmutableSortedDictionary<string, Tensor>.Empty);

    public void DisposeTensors()
    {
        foreach (var tensor in Model.Values.Concat(Optimizer.Values))
            tensor.Dispose();
    }
}
