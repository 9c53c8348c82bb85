using System.Collections.Immutable;

namespace ParDsl.Compiler.Plans;

/// <summary>
/// One thing a rank does. A rank's list of actions is its whole program for an update: the runtime interprets the list and
/// decides nothing.
/// </summary>
public abstract record PlanAction
{
    private PlanAction()
    {
    }

    /// <summary>Take this rank's share of a micro-batch of the step's global batch.</summary>
    public sealed record Load(int MicroBatch) : PlanAction;

    /// <summary>Run a stage's layers forward; the last stage computes the loss too.</summary>
    public sealed record Forward(int MicroBatch, int Stage) : PlanAction
    {
        /// <summary>What the stage's layers move while it runs, in order.</summary>
        public ImmutableArray<LayerCollective> Collectives { get; init; } = [];
    }

    /// <summary>Run a stage's layers backward, adding to the flat gradients.</summary>
    public sealed record Backward(int MicroBatch, int Stage) : PlanAction
    {
        /// <summary>What the stage's layers move while it runs, in order.</summary>
        public ImmutableArray<LayerCollective> Collectives { get; init; } = [];
    }

    /// <summary>Sum a bucket's gradients over a group.</summary>
    public sealed record AllReduceGradients(int Bucket, int Group, long Bytes) : PlanAction;

    /// <summary>Sum the step's loss and metrics over a group, to be reported.</summary>
    public sealed record AllReduceMetrics(int Group, long Bytes) : PlanAction;

    /// <summary>Scale the gradients so that their global 2-norm is at most <c>MaximumNorm</c>.</summary>
    public sealed record Clip(double MaximumNorm) : PlanAction;

    /// <summary>Update the parameters from the gradients, and set the gradients to zero.</summary>
    public sealed record Step : PlanAction;

    /// <summary>Add a micro-batch's loss and metrics to the evaluation's sums.</summary>
    public sealed record Measure(int MicroBatch) : PlanAction;
}
