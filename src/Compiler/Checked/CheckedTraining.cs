using System.Collections.Immutable;
using ParDsl.Source;

namespace ParDsl.Compiler.Checked;

/// <summary>How the model learns; every default is filled in, and nothing here depends on the layout.</summary>
/// <param name="GlobalBatch">
/// The samples of one update, over all ranks and micro-batches; 0 for <c>batch auto</c>, until the planner has found the number.
/// </param>
/// <param name="Accumulate">How many micro-batches one update is cut into, one after the other.</param>
/// <param name="Epochs">Passes over the training samples; 0 where <c>Steps</c> rules.</param>
/// <param name="Steps">Updates; 0 where <c>Epochs</c> rules.</param>
/// <param name="ClipNorm">The greatest 2-norm of the whole gradient; 0 does not clip.</param>
/// <param name="Shuffle">Whether each epoch has its own order; otherwise samples come in file order.</param>
/// <param name="OptimizerStateCount">
/// The tensors of all parameters' size that the optimizer keeps: 0 for plain sgd, 2 for adam.
/// </param>
/// <param name="BatchSpan">What the planner's diagnostics about the batch underline: its statement, else the block.</param>
public sealed record CheckedTraining(
    CheckedComponent Loss,
    CheckedComponent Optimizer,
    CheckedComponent Schedule,
    ImmutableArray<CheckedComponent> Metrics,
    long GlobalBatch,
    long Accumulate,
    long Epochs,
    long Steps,
    double ClipNorm,
    long Seed,
    bool Shuffle,
    Precision Precision,
    int OptimizerStateCount,
    SourceSpan BatchSpan)
{
    /// <summary>Whether the planner is still to find the batch. Every plan has one.</summary>
    public bool FindsBatch => GlobalBatch == 0;

    public CheckpointRequest Checkpoint { get; init; } = CheckpointRequest.AtEnd;
}
