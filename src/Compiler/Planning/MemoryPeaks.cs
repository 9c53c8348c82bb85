using System.Collections.Immutable;
using ParDsl.Compiler.Checked;
using ParDsl.Compiler.Hardware;
using ParDsl.Compiler.Planning.Programs;
using ParDsl.Compiler.Plans;

namespace ParDsl.Compiler.Planning;

/// <summary>
/// The greatest number of bytes that come and go within an update, found by going through the rank's actions: activations of
/// the micro-batches in flight with their gradients and messages, and whole buckets of what is sharded.
/// </summary>
internal static class MemoryPeaks
{
    public static ActivationCourse Activations(
        PlanContext context, ImmutableArray<SegmentPlan> segments, ImmutableArray<PlanAction> update, DeviceKind device)
    {
        var deferring = update.OfType<PlanAction.InputGradient>().Select(action => action.Segment).ToHashSet();
        var kept = KeptTensors.Of(context, [.. segments], new KernelRoom(context, device), deferring);
        var gradients = new BorderGradients(context, segments);
        var messages = Messages(update);
        var now = 0L;
        var course = ImmutableArray.CreateBuilder<ActionBytes>(update.Length);
        foreach (var action in update)
        {
            gradients.Begin(action);
            var most = checked(now + gradients.Bytes + Working(action));
            gradients.End(action);
            now = checked(now + action switch
            {
                PlanAction.Forward forward => segments[forward.Segment].IsRecomputed
                    ? kept[forward.Segment].WaitingBytes
                    : kept[forward.Segment].Bytes,
                PlanAction.Recompute again => kept[again.Segment].Bytes - kept[again.Segment].WaitingBytes,
                PlanAction.Backward backward => -kept[backward.Segment].Bytes,
                PlanAction.InputGradient backward => -kept[backward.Segment].Bytes + kept[backward.Segment].DeferredBytes,
                PlanAction.WeightGradient late => -kept[late.Segment].DeferredBytes,
                _ => 0,
            });
            var rest = checked(now + gradients.Bytes);
            course.Add(new ActionBytes(OfSlice(Math.Max(most, rest)), OfSlice(rest)));
        }

        return new ActivationCourse(
            course.MoveToImmutable(),
            [.. kept.Select(segment => segment.Course.Times(context.Batch.RankMicroBatch))],
            checked(messages * context.Batch.RankMicroBatch));

        long OfSlice(long sampleBytes) => checked((sampleBytes + messages) * context.Batch.RankMicroBatch);

        long Working(PlanAction action) => action switch
        {
            PlanAction.Backward backward => kept[backward.Segment].WorkingBytes,
            PlanAction.InputGradient backward => kept[backward.Segment].WorkingBytes,
            _ => 0,
        };

        // A message is a copy until it is taken; one in each direction waits while the two ranks keep pace.
        long Messages(ImmutableArray<PlanAction> actions) => checked(
            actions.OfType<PlanAction.SendValue>().Select(send => Sent(send.Value)).DefaultIfEmpty(0).Max()
            + actions.OfType<PlanAction.SendGradient>().Select(send => Sent(send.Value)).DefaultIfEmpty(0).Max());

        long Sent(int value) => checked(context.Flow.Elements(value) * context.ElementBytes);
    }

    /// <summary>Whole buckets: of parameters between gathering and release, of gradients until they are reduced.</summary>
    public static long Transient(
        PlanContext context,
        ImmutableArray<GradientBucket> buckets,
        ImmutableArray<SegmentPlan> segments,
        ImmutableArray<PlanAction> update)
    {
        if (context.Shard < ShardLevel.Gradients)
            return 0;
        var (parameters, gradients) = (new HashSet<int>(), new HashSet<int>());
        var peak = 0L;
        foreach (var action in update)
        {
            switch (action)
            {
                case PlanAction.GatherParameters gather when context.Shard == ShardLevel.Parameters:
                    parameters.Add(gather.Bucket);
                    break;
                case PlanAction.ReleaseParameters release: parameters.Remove(release.Bucket); break;
                case PlanAction.Backward backward: gradients.UnionWith(segments[backward.Segment].Buckets); break;
                case PlanAction.InputGradient backward: gradients.UnionWith(segments[backward.Segment].Buckets); break;
            }

            peak = Math.Max(peak, parameters.Sum(Elements) + gradients.Sum(Elements));
            if (action is PlanAction.ReduceGradients { IsBackground: false } reduce)
                gradients.Remove(reduce.Bucket);
            if (action is PlanAction.AwaitGradients wait)
                gradients.Remove(wait.Bucket);
        }

        return checked(peak * context.ElementBytes);

        long Elements(int bucket) => buckets[bucket].ElementCount;
    }
}
