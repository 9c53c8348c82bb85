using ParDsl.Compiler.Catalogue;
using ParDsl.Compiler.Checked;
using ParDsl.Source;
using ParDsl.Syntax;

namespace ParDsl.Compiler.Binding;

/// <summary>The train block with every default filled in; what could not be bound is null, or 0 for a number.</summary>
/// <param name="Batch">0 too where the planner is to find it.</param>
/// <param name="FindsBatch">Whether it is <c>batch auto</c>.</param>
internal sealed record BoundTraining(
    CallSyntax Block,
    BoundComponent<LossRule>? Loss,
    BoundComponent<OptimizerRule>? Optimizer,
    BoundComponent<IComponentRule>? Schedule,
    CheckedComponent ScheduleOrDefault,
    IReadOnlyList<BoundComponent<MetricRule>> Metrics,
    long Batch,
    bool FindsBatch,
    SourceSpan BatchSpan,
    long Accumulate,
    SourceSpan AccumulateSpan,
    long Epochs,
    long Steps,
    double ClipNorm,
    long Seed,
    bool Shuffle,
    Precision Precision,
    BoundCheckpoint Checkpoint)
{
    /// <summary>Null where the loss or the optimizer is missing or mistaken.</summary>
    public CheckedTraining? Checked => Loss is null || Optimizer is null
        ? null
        : new CheckedTraining(
            Loss.Component,
            Optimizer.Component,
            ScheduleOrDefault,
            [.. Metrics.Select(metric => metric.Component)],
            Batch,
            Accumulate,
            Epochs,
            Steps,
            ClipNorm,
            Seed,
            Shuffle,
            Precision,
            Optimizer.Rule.StateCount(Optimizer.Component.Arguments),
            BatchSpan)
        {
            Checkpoint = Checkpoint.Request,
        };
}
