using System.Collections.Immutable;
using ParDsl.Compiler.Plans;
using ParDsl.Runtime.Data;
using ParDsl.Runtime.Modules;
using ParDsl.Runtime.Optimization;
using ParDsl.Runtime.Ranks.Memory;
using ParDsl.Runtime.Training;
using static TorchSharp.torch;

namespace ParDsl.Runtime.Ranks;

/// <summary>
/// Does what the plan's list of actions says, one method an action, and decides nothing. An action leaves no tensor behind but
/// those that a <see cref="MicroBatchState"/> holds, and a round none: what autograd's callbacks wrap belongs to nobody else.
/// </summary>
/// <param name="probe">Null outside tests and comparisons.</param>
internal sealed class ActionInterpreter(Rank rank, IActionProbe? probe) : IDisposable
{
    private readonly SegmentPasses passes = new(rank);
    private readonly StageExchange exchange = new(rank);
    private readonly ImmutableArray<MicroBatchState> microBatches =
        [.. Enumerable.Range(0, rank.Plan.Batch.MicroBatchCount).Select(_ => new MicroBatchState())];

    /// <summary>What is being done, for the message where it fails.</summary>
    public PlanAction? Current { get; private set; }

    public void Run(ImmutableArray<PlanAction> actions, ActionContext context)
    {
        foreach (var action in actions)
        {
            Current = action;
            probe?.Before(rank, action);
            if (!(action.MicroBatchOf() is { } microBatch && action is not PlanAction.Load && IsEmpty(microBatch, context)))
            {
                using var scope = NewDisposeScope();
                Execute(action, context);
            }

            rank.Progress.Done();
            probe?.After(rank, action);
        }

        foreach (var microBatch in microBatches)
            microBatch.Release();
    }

    public void Dispose()
    {
        foreach (var microBatch in microBatches)
            microBatch.Release();
    }

    private void Execute(PlanAction action, ActionContext context)
    {
        switch (action)
        {
            case PlanAction.Load load: Load(microBatches[load.MicroBatch], context); break;
            case PlanAction.Forward forward: Forward(forward, context); break;
            case PlanAction.Recompute again: Recompute(again, context); break;
            case PlanAction.Backward backward: WholeBackward(backward, context); break;
            case PlanAction.InputGradient backward: InputGradient(backward, context); break;
            case PlanAction.WeightGradient late: WeightGradient(late); break;
            case PlanAction.SendValue send: exchange.SendValue(microBatches[send.MicroBatch], send); break;
            case PlanAction.ReceiveValue receive:
                exchange.ReceiveValue(microBatches[receive.MicroBatch], receive, Slice(receive.MicroBatch, context).Count);
                break;
            case PlanAction.SendGradient send: exchange.SendGradient(microBatches[send.MicroBatch], send); break;
            case PlanAction.ReceiveGradient receive:
                exchange.ReceiveGradient(microBatches[receive.MicroBatch], receive, Slice(receive.MicroBatch, context).Count);
                break;
            case PlanAction.ReduceGradients reduce: ReduceGradients(reduce); break;
            case PlanAction.AwaitGradients wait: AwaitGradients(wait.Bucket); break;
            case PlanAction.SumSharedGradient sum: SumSharedGradient(sum); break;
            case PlanAction.SumPartialGradients sum: SumPartialGradients(sum); break;
            case PlanAction.GatherParameters gather: GatherParameters(gather); break;
            case PlanAction.AwaitParameters wait: rank.Background.Await(ParametersOf(wait.Bucket)); break;
            case PlanAction.ReleaseParameters release: Bucket(release.Bucket).CloseParameters(); break;
            case PlanAction.AllReduceMetrics reduce: rank.Groups[reduce.Group].Foreground.AllReduce(rank.Sums.All); break;
            case PlanAction.WidenGradients widen: WidenGradients(widen, context); break;
            case PlanAction.Clip clip: Clip(clip); break;
            case PlanAction.Step: Step(context); break;
            case PlanAction.CompareReplicas compare:
                ReplicaComparison.Run(rank, rank.Plan.Groups[compare.Group], rank.Groups[compare.Group].Foreground, context.Step);
                break;
            case PlanAction.Measure measure: Measure(microBatches[measure.MicroBatch]); break;
            default: throw new ArgumentOutOfRangeException(nameof(action), action, "no such action");
        }
    }

    private static void Load(MicroBatchState microBatch, ActionContext context) =>
        microBatch.Batch = context.Loader!.Next(CancellationToken.None);

    private void Forward(PlanAction.Forward forward, ActionContext context)
    {
        var (microBatch, segment) = (microBatches[forward.MicroBatch], rank.Segments[forward.Segment]);
        var isRecorded = context.IsTraining && !segment.Plan.IsRecomputed;
        passes.Forward(microBatch, segment, Place(forward.MicroBatch, context, isRepeated: false), isRecorded);
        if (!context.IsTraining || microBatch.LossSum is null || !HoldsLoss(segment))
            return;
        AddMeasures(microBatch);
        // What is computed again gives its output and its loss again: of the micro-batches in flight none is held until then.
        if (segment.Plan.IsRecomputed)
            microBatch.ReleaseLoss();
    }

    private void Recompute(PlanAction.Recompute again, ActionContext context)
    {
        var (microBatch, segment) = (microBatches[again.MicroBatch], rank.Segments[again.Segment]);
        SegmentPasses.DropOutputs(microBatch, segment);
        passes.Forward(microBatch, segment, Place(again.MicroBatch, context, isRepeated: true), isRecorded: true);
    }

    private void Backward(int number, int segmentIndex, ActionContext context)
    {
        var (microBatch, segment) = (microBatches[number], rank.Segments[segmentIndex]);
        OpenGradients(segment);
        passes.Backward(microBatch, segment, (double)context.GlobalCount * rank.Measures.Loss.TermsPerSample);
    }

    /// <summary>The first segment is the last one to go backward: after its weights' gradients nobody reads the batch.</summary>
    private void ReleaseBatch(int number, int segmentIndex)
    {
        if (segmentIndex == 0)
            microBatches[number].ReleaseBatch();
    }

    private void WholeBackward(PlanAction.Backward backward, ActionContext context)
    {
        Backward(backward.MicroBatch, backward.Segment, context);
        ReleaseBatch(backward.MicroBatch, backward.Segment);
    }

    private void InputGradient(PlanAction.InputGradient backward, ActionContext context)
    {
        using var collection = rank.Deferred.Collect(backward.MicroBatch, backward.Segment);
        Backward(backward.MicroBatch, backward.Segment, context);
    }

    private void WeightGradient(PlanAction.WeightGradient late)
    {
        OpenGradients(rank.Segments[late.Segment]);
        rank.Deferred.Run(late.MicroBatch, late.Segment);
        ReleaseBatch(late.MicroBatch, late.Segment);
    }

    private void OpenGradients(LayerSegment segment)
    {
        foreach (var bucket in segment.Plan.Buckets)
            Bucket(bucket).OpenGradients();
    }

    private void ReduceGradients(PlanAction.ReduceGradients reduce)
    {
        var (bucket, doors) = (Bucket(reduce.Bucket), rank.Groups[reduce.Group]);
        // No backward pass has opened them where the micro-batch has no samples.
        bucket.OpenGradients();
        if (reduce.IsBackground)
        {
            rank.Background.Start(GradientsOf(reduce.Bucket), doors, reduce.Bytes, bucket.Reduce);
            return;
        }

        bucket.Reduce(doors.Foreground);
        bucket.CloseGradients();
    }

    private void AwaitGradients(int bucket)
    {
        rank.Background.Await(GradientsOf(bucket));
        Bucket(bucket).CloseGradients();
    }

    private void SumSharedGradient(PlanAction.SumSharedGradient sum)
    {
        using var gradient = rank.Flat.Parameters[sum.Parameter].grad!;
        rank.Groups[sum.Group].Foreground.AllReduce(gradient);
    }

    private void SumPartialGradients(PlanAction.SumPartialGradients sum)
    {
        using var guard = no_grad();
        var parts = rank.Flat.OwnGradients(rank.Plan.Tensor.PartialGradients).ToArray();
        using var all = cat(parts); // one sum of many small ones
        rank.Groups[sum.Group].Foreground.AllReduce(all);
        var offset = 0L;
        foreach (var part in parts)
        {
            using var run = all.narrow(0, offset, part.numel());
            part.copy_(run);
            offset += part.numel();
            part.Dispose();
        }
    }

    private void GatherParameters(PlanAction.GatherParameters gather)
    {
        var (bucket, doors) = (Bucket(gather.Bucket), rank.Groups[gather.Group]);
        bucket.OpenParameters();
        if (gather.IsBackground)
            rank.Background.Start(ParametersOf(gather.Bucket), doors, gather.Bytes, bucket.Gather);
        else
            bucket.Gather(doors.Foreground);
    }

    private void WidenGradients(PlanAction.WidenGradients widen, ActionContext context)
    {
        using var guard = no_grad();
        rank.Flat.WidenGradients();
        if (rank.Scale is not { } scale)
            return;
        var group = widen.Group is { } index ? rank.Groups[index].Foreground : null;
        scale.Unscale([.. rank.Flat.Pieces.Select(piece => piece.Gradients)], group);
        if (scale.IsExhausted)
            throw RunErrors.Spoiled(RunErrors.LossScaleExhausted(context.Step, NotFiniteGradients.Find(rank, group)));
    }

    private void Clip(PlanAction.Clip clip)
    {
        using var guard = no_grad();
        GradientClip.Apply(
            [.. rank.Flat.Pieces.Select(piece => piece.Gradients)],
            [.. rank.Flat.UpdatedGradients(rank.CountedElsewhere)],
            clip.MaximumNorm,
            clip.Group is { } group ? rank.Groups[group].Foreground : null,
            rank.Device);
    }

    private void Step(ActionContext context)
    {
        using var guard = no_grad();
        if (rank.Scale is not { HasOverflow: true })
        {
            rank.Optimizer?.Update(context.LearningRate);
            rank.Flat.RoundMasters();
        }

        rank.Scale?.EndStep();
        rank.Flat.ZeroGradients();
    }

    private void Measure(MicroBatchState microBatch)
    {
        AddMeasures(microBatch);
        microBatch.Release();
    }

    private void AddMeasures(MicroBatchState microBatch)
    {
        using var guard = no_grad();
        // Tensor ranks have the same sums, and one of them counts; or each has those of its places.
        var counts = rank.TensorCoordinate == 0 || rank.Plan.Tensor.DividesOutput;
        if (counts)
            rank.Sums.Add(0, microBatch.LossSum!);
        using var targets = rank.OwnTargets(microBatch.Batch!.Targets);
        for (var metric = 0; metric < rank.Measures.Metrics.Length; metric++)
        {
            using var sum = rank.Measures.Metrics[metric].Sum(microBatch.Output!, targets);
            if (counts)
                rank.Sums.Add(metric + 1, sum);
        }
    }

    private BucketMemory Bucket(int index) => rank.Flat.Buckets[index];

    private bool HoldsLoss(LayerSegment segment) => segment.Plan.Holds(rank.Plan.Program.Model.Layers.Length - 1);

    private ForwardContext Place(int microBatch, ActionContext context, bool isRepeated) =>
        new(context.IsTraining, context.Step, Slice(microBatch, context).Offset, isRepeated);

    private BatchSlice Slice(int microBatch, ActionContext context) =>
        BatchSlice.Of(rank.Plan.Batch, context.GlobalCount, microBatch, rank.DataCoordinate);

    /// <summary>
    /// An epoch's last batch may have fewer samples than micro-batches. A rank without samples takes part all the same, since
    /// the others' batch norms wait for it; where nobody has any, nobody does anything.
    /// </summary>
    private bool IsEmpty(int microBatch, ActionContext context) =>
        BatchSlice.Of(rank.Plan.Batch, context.GlobalCount, microBatch).Count == 0;

    private static string GradientsOf(int bucket) => $"gradients {bucket}";

    private static string ParametersOf(int bucket) => $"parameters {bucket}";
}
