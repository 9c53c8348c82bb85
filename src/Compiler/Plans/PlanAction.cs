using System.Collections.Immutable;

namespace ParDsl.Compiler.Plans;

/// <summary>
/// One thing a rank does. A rank's list of actions is its whole program for an update: the runtime interprets the list and
/// decides nothing. Values are named by the index of the layer that gives them, peers by their rank in the world.
/// </summary>
public abstract record PlanAction
{
    private PlanAction()
    {
    }

    /// <summary>Take this rank's share of a micro-batch of the step's global batch.</summary>
    public sealed record Load(int MicroBatch) : PlanAction;

    /// <summary>Run a segment's layers forward; the model's last segment computes the loss too.</summary>
    public sealed record Forward(int MicroBatch, int Segment) : PlanAction
    {
        /// <summary>What the segment's layers move while it runs, in order.</summary>
        public ImmutableArray<LayerCollective> Collectives { get; init; } = [];
    }

    /// <summary>Run a segment forward once more from the inputs that were kept, for its backward pass.</summary>
    public sealed record Recompute(int MicroBatch, int Segment) : PlanAction
    {
        /// <summary>What the segment's layers move while it runs, in order.</summary>
        public ImmutableArray<LayerCollective> Collectives { get; init; } = [];
    }

    /// <summary>Run a segment's layers backward, adding to the gradients of its parameters and of the values it read.</summary>
    public sealed record Backward(int MicroBatch, int Segment) : PlanAction
    {
        /// <summary>What the segment's layers move while it runs, in order.</summary>
        public ImmutableArray<LayerCollective> Collectives { get; init; } = [];
    }

    /// <summary>The same without the large weights' gradients, which <see cref="WeightGradient"/> adds later.</summary>
    public sealed record InputGradient(int MicroBatch, int Segment) : PlanAction
    {
        /// <summary>What the segment's layers move while it runs, in order.</summary>
        public ImmutableArray<LayerCollective> Collectives { get; init; } = [];
    }

    /// <summary>Add the gradients of weights that <see cref="InputGradient"/> left for later.</summary>
    public sealed record WeightGradient(int MicroBatch, int Segment) : PlanAction;

    /// <summary>Hand a value to the rank that reads it; it is not waited for.</summary>
    public sealed record SendValue(int MicroBatch, int Value, int Peer, long Bytes) : PlanAction;

    /// <summary>Wait for a value from the rank that made it.</summary>
    public sealed record ReceiveValue(int MicroBatch, int Value, int Peer, long Bytes) : PlanAction;

    /// <summary>Hand a value's gradient back to the rank that made it; it is not waited for.</summary>
    public sealed record SendGradient(int MicroBatch, int Value, int Peer, long Bytes) : PlanAction;

    /// <summary>Wait for a value's gradient from a rank that read it, and add it to what is there.</summary>
    public sealed record ReceiveGradient(int MicroBatch, int Value, int Peer, long Bytes) : PlanAction;

    /// <summary>
    /// Sum a bucket's gradients over a group: each rank gets all of the sum (all-reduce) or its shard (reduce-scatter).
    /// </summary>
    public sealed record ReduceGradients(int Bucket, CollectiveKind Kind, int Group, long Bytes) : PlanAction
    {
        /// <summary>Whether it goes on beside the actions that follow, until <see cref="AwaitGradients"/>.</summary>
        public bool IsBackground { get; init; }
    }

    /// <summary>Wait until a bucket's reduction is through.</summary>
    public sealed record AwaitGradients(int Bucket) : PlanAction;

    /// <summary>Sum the gradient of a parameter that several stages hold over the ranks that hold it.</summary>
    public sealed record SumSharedGradient(string Parameter, int Group, long Bytes) : PlanAction;

    /// <summary>
    /// Sum the gradients of parameters that each tensor rank has used at its places of the sequence only, those that the rank
    /// updates, as one piece.
    /// </summary>
    public sealed record SumPartialGradients(int Group, long Bytes) : PlanAction;

    /// <summary>Fetch the other ranks' shards of a bucket's parameters.</summary>
    public sealed record GatherParameters(int Bucket, int Group, long Bytes) : PlanAction
    {
        /// <summary>Whether it goes on beside the actions that follow, until <see cref="AwaitParameters"/>.</summary>
        public bool IsBackground { get; init; }
    }

    /// <summary>Wait until a bucket's parameters are there.</summary>
    public sealed record AwaitParameters(int Bucket) : PlanAction;

    /// <summary>Let go of the other ranks' shards of a bucket's parameters.</summary>
    public sealed record ReleaseParameters(int Bucket) : PlanAction;

    /// <summary>Sum the step's loss and metrics over a group, to be reported.</summary>
    public sealed record AllReduceMetrics(int Group, long Bytes) : PlanAction;

    /// <summary>
    /// Scale the gradients so that their global 2-norm is at most <c>MaximumNorm</c>; where ranks hold different gradients,
    /// their squares are summed over the group.
    /// </summary>
    /// <param name="Group">Null where the rank has all gradients.</param>
    public sealed record Clip(double MaximumNorm, int? Group, long Bytes) : PlanAction;

    /// <summary>
    /// Copy the gradients into float32, where the weights are updated, without the loss's scale. Where the loss is scaled,
    /// the ranks of a group agree whether a gradient of any of them is not finite: then the update is skipped.
    /// </summary>
    /// <param name="Group">Null where the rank has all gradients, and where nothing has to be agreed on.</param>
    public sealed record WidenGradients(int? Group, long Bytes) : PlanAction;

    /// <summary>Update the parameters from the gradients, and set the gradients to zero.</summary>
    public sealed record Step : PlanAction;

    /// <summary>
    /// Compare the bits of each parameter over a group whose ranks all have it, by a hash of 64 bits; a difference ends the
    /// run.
    /// </summary>
    public sealed record CompareReplicas(int Group, long Bytes) : PlanAction;

    /// <summary>Add a micro-batch's loss and metrics to the evaluation's sums.</summary>
    public sealed record Measure(int MicroBatch) : PlanAction
    {
        /// <summary>What the metrics move, in order.</summary>
        public ImmutableArray<LayerCollective> Collectives { get; init; } = [];
    }
}
