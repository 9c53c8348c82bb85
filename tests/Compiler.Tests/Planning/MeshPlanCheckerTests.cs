using System.Collections.Immutable;
using ParDsl.Compiler.Checked;
using ParDsl.Compiler.Planning;
using ParDsl.Compiler.Plans;
using Xunit;
using static ParDsl.Compiler.Tests.Planning.Programs;

namespace ParDsl.Compiler.Tests.Planning;

/// <summary>
/// Each test breaks a good plan of 2 data ranks x 2 stages in one way and sees that very break named. Ranks 0 and 2 hold the
/// first stage, ranks 1 and 3 the second.
/// </summary>
public sealed class MeshPlanCheckerTests
{
    private static readonly ExecutionPlan Good = Mesh(ShardLevel.Gradients);
    private static readonly ExecutionPlan Fetching = Mesh(ShardLevel.Parameters);

    [Theory]
    [InlineData(ShardLevel.None)]
    [InlineData(ShardLevel.Optimizer)]
    [InlineData(ShardLevel.Gradients)]
    [InlineData(ShardLevel.Parameters)]
    public void What_the_planner_makes_of_a_mesh_keeps_every_law(ShardLevel shard) => Assert.Empty(PlanChecker.Check(Mesh(shard)));

    [Theory]
    [InlineData(ScheduleKind.Gpipe, 1)]
    [InlineData(ScheduleKind.OneForwardOneBackward, 1)]
    [InlineData(ScheduleKind.Interleaved, 2)]
    [InlineData(ScheduleKind.ZeroBubble, 1)]
    public void What_the_planner_makes_of_a_schedule_keeps_every_law(ScheduleKind schedule, long chunks) =>
        Assert.Empty(PlanChecker.Check(Mesh(ShardLevel.Gradients, schedule, chunks)));

    [Fact]
    public void A_send_without_a_receive_is_seen() => Expect(
        "value 2 of micro-batch 0 from rank 0 to rank 1 (128 bytes) is sent 1 times and received 0 times",
        With(Good, 1, update => update.Remove(First<PlanAction.ReceiveValue>(update))));

    [Fact]
    public void A_receive_without_a_send_is_seen() => Expect(
        "gradient 2 of micro-batch 0 from rank 1 to rank 0 (128 bytes) is sent 0 times and received 1 times",
        With(Good, 1, update => update.Remove(First<PlanAction.SendGradient>(update))));

    [Fact]
    public void A_message_of_other_bytes_is_seen() => Expect(
        "value 2 of micro-batch 0 from rank 0 to rank 1 (8 bytes) is sent 1 times and received 0 times",
        With(Good, 0, update => Set(update, First<PlanAction.SendValue>(update), First<PlanAction.SendValue>(update) with { Bytes = 8 })));

    [Fact]
    public void Ranks_that_each_wait_for_the_other_first_are_seen()
    {
        // The first stage takes all micro-batches forward before it sends any, and the second waits for the first one.
        var held = With(Good, 0, update =>
        {
            var send = First<PlanAction.SendValue>(update);
            return update.Insert(update.IndexOf(First<PlanAction.ReceiveGradient>(update)) + 1, send).Remove(send);
        });
        Expect("in the update, rank 0 would wait for ever to receive micro-batch 0 gradient 2 from rank 1", held);
        Expect("in the update, rank 1 would wait for ever to receive micro-batch 0 value 2 from rank 0", held);
    }

    [Fact]
    public void A_wait_for_background_work_that_a_partner_starts_too_late_is_seen()
    {
        // Batch norm's own sums, in the foreground, are through by then: they are not what the wait is for.
        var plan = Plan(Small().With(Replicas(2, bucketBytes: 52 * sizeof(float))), Laptop);
        Expect("in the update, rank 0 would wait for ever to await gradients of bucket 0", With(plan, 1, update =>
        {
            var late = update.Where(action => action is PlanAction.ReduceGradients or PlanAction.AwaitGradients).ToArray();
            Assert.Equal(4, late.Length);
            var others = update.RemoveRange(late);
            return others.InsertRange(others.IndexOf(First<PlanAction.AllReduceMetrics>(others)) + 1, late);
        }));
    }

    [Fact]
    public void A_segment_that_is_not_taken_backward_is_seen() => Expect(
        "rank 3 does [forward] with micro-batch 1 of 4 in segment 0",
        With(Good, 3, update => update.RemoveAll(action => action is PlanAction.Backward { MicroBatch: 1, Segment: 0 })));

    [Fact]
    public void A_pass_through_a_segment_that_is_not_there_is_seen() => Expect(
        "rank 3 goes through segment 9, which it does not have",
        With(Good, 3, update => update.Insert(0, new PlanAction.Forward(0, 9))));

    [Fact]
    public void A_segment_that_reads_a_value_before_it_is_made_is_seen() => Expect(
        "rank 1 is to forward micro-batch 0 segment 0 before value 2 is there",
        With(Good, 1, update =>
        {
            var receive = First<PlanAction.ReceiveValue>(update);
            var forward = update.IndexOf(First<PlanAction.Forward>(update));
            return update.Insert(forward + 1, receive).Remove(receive);
        }));

    [Fact]
    public void A_layer_that_two_ranks_hold_is_seen() => Expect(
        "the replica that starts with rank 0 do not hold each of the 6 layers once",
        WithRank(Good, 1, rank => rank with { Segments = rank.Segments.SetItem(0, Longer(rank.Segments[0])) }));

    [Fact]
    public void A_bucket_whose_shards_are_uneven_is_seen() => Expect(
        $"bucket {Good.Ranks[0].Buckets.Length - 1} has",
        WithRank(Good, 0, rank => rank with
        {
            Buckets = rank.Buckets.SetItem(rank.Buckets.Length - 1, rank.Buckets[^1] with { ElementCount = rank.Buckets[^1].ElementCount + 1 }),
        }));

    [Fact]
    public void A_bucket_that_is_used_while_it_is_released_is_seen() => Expect(
        "uses the parameters of bucket",
        With(Fetching, 0, update =>
        {
            var forward = update.IndexOf(First<PlanAction.Forward>(update));
            return update.Insert(forward, First<PlanAction.ReleaseParameters>(update));
        }));

    [Fact]
    public void A_bucket_that_is_used_before_it_is_awaited_is_seen() => Expect(
        "uses the parameters of bucket",
        With(Fetching, 0, update => update.Remove(First<PlanAction.AwaitParameters>(update))));

    [Fact]
    public void Gradients_that_are_not_awaited_before_the_step_are_seen() => Expect(
        "rank 0 is to step while the gradients of bucket 1 are still on their way",
        With(Good, 0, update => update.RemoveAt(update.LastIndexOf(update.OfType<PlanAction.AwaitGradients>().Last()))));

    [Fact]
    public void Parameters_that_are_fetched_after_the_step_and_not_awaited_are_seen() => Expect(
        "rank 0 never waits for the parameters of bucket 1 that it fetches last",
        With(Good, 0, update => update.RemoveAt(update.Length - 1)));

    [Fact]
    public void A_backward_pass_before_its_gradient_has_come_is_seen() => Expect(
        "before gradient 2 is there",
        With(Good, 0, update =>
        {
            var receive = First<PlanAction.ReceiveGradient>(update);
            var backward = update.IndexOf(First<PlanAction.Backward>(update));
            return update.Insert(backward + 1, receive).Remove(receive);
        }));

    [Fact]
    public void A_value_that_is_sent_before_it_is_made_is_seen() => Expect(
        "rank 0 is to send micro-batch 0 value 2 to rank 1 (128 bytes) before value 2 is there",
        With(Good, 0, update => update.Remove(First<PlanAction.SendValue>(update)).Insert(0, First<PlanAction.SendValue>(update))));

    [Fact]
    public void A_rank_that_does_not_load_its_targets_is_seen() => Expect(
        "before the target is there",
        With(Good, 1, update => update.Remove(First<PlanAction.Load>(update))));

    [Fact]
    public void A_backward_pass_that_adds_to_gradients_on_their_way_is_seen() => Expect(
        "are still on their way",
        With(Good, 1, update => update.Remove(First<PlanAction.AwaitGradients>(update))));

    [Fact]
    public void A_collective_in_the_wrong_order_on_one_rank_is_seen() => Expect(
        "in group `world` is all-reduce of loss and metrics (24 bytes) on rank 0 and all-reduce of gradient norm (8 bytes) on rank 3",
        With(Clipped, 3, update => Swap(update, First<PlanAction.AllReduceMetrics>(update), First<PlanAction.Clip>(update))));

    [Fact]
    public void Background_work_in_another_order_is_seen() => Expect(
        "in group `data at pipeline 0` is reduce-scatter of bucket 0",
        With(Good, 2, update =>
        {
            var reductions = update.OfType<PlanAction.ReduceGradients>().Take(2).ToArray();
            return Swap(update, reductions[0], reductions[1]);
        }));

    [Fact]
    public void Background_work_that_is_awaited_in_another_order_is_seen() => Expect(
        "in the update, rank 2 would wait for ever to await gradients of bucket 1",
        With(Mesh(ShardLevel.None), 2, update =>
        {
            var waits = update.OfType<PlanAction.AwaitGradients>().Take(2).ToArray();
            return Swap(update, waits[0], waits[1]);
        }));

    private static ExecutionPlan Clipped
    {
        get
        {
            var program = Program(ShardLevel.Gradients, ScheduleKind.OneForwardOneBackward, 1);
            return Plan(program with { Training = program.Training with { ClipNorm = 1 } }, Laptop);
        }
    }

    private static ExecutionPlan Mesh(
        ShardLevel shard, ScheduleKind schedule = ScheduleKind.OneForwardOneBackward, long chunks = 1) =>
        Plan(Program(shard, schedule, chunks), Laptop);

    /// <summary>Two stages of two buckets each: every layer with parameters is a bucket of its own.</summary>
    private static CheckedProgram Program(ShardLevel shard, ScheduleKind schedule, long chunks) =>
        Of([("linear", 8L), ("linear", 8L), ("relu", null), ("linear", 8L), ("relu", null), ("linear", 4L)])
            .With(Replicas(2, shard, bucketBytes: 1), Stages(2, 4, schedule, chunks));

    /// <summary>With one layer more at its start, and the inputs of that.</summary>
    private static SegmentPlan Longer(SegmentPlan segment) => segment with
    {
        FirstLayer = segment.FirstLayer - 1,
        LayerCount = segment.LayerCount + 1,
        Inputs = [segment.FirstLayer - 2],
    };

    private static T First<T>(ImmutableArray<PlanAction> update)
        where T : PlanAction => update.OfType<T>().First();

    private static ImmutableArray<PlanAction> Set(ImmutableArray<PlanAction> update, PlanAction old, PlanAction action) =>
        update.SetItem(update.IndexOf(old), action);

    private static ImmutableArray<PlanAction> Swap(ImmutableArray<PlanAction> update, PlanAction one, PlanAction other)
    {
        var (first, second) = (update.IndexOf(one), update.IndexOf(other));
        return update.SetItem(first, other).SetItem(second, one);
    }

    private static ExecutionPlan With(
        ExecutionPlan plan, int rank, Func<ImmutableArray<PlanAction>, ImmutableArray<PlanAction>> change) =>
        WithRank(plan, rank, old => old with { Update = change(old.Update) });

    private static ExecutionPlan WithRank(ExecutionPlan plan, int rank, Func<RankPlan, RankPlan> change) =>
        plan with { Ranks = plan.Ranks.SetItem(rank, change(plan.Ranks[rank])) };

    private static void Expect(string words, ExecutionPlan broken)
    {
        var findings = PlanChecker.Check(broken);
        Assert.All(findings, finding => Assert.Equal("PD4050", finding.Code));
        Assert.Contains(words, string.Join('\n', findings.Select(finding => finding.Message)), StringComparison.Ordinal);
    }
}
