using System.Collections.Immutable;
using ParDsl.Compiler.Planning;
using ParDsl.Compiler.Plans;
using Xunit;
using static ParDsl.Compiler.Tests.Planning.Programs;

namespace ParDsl.Compiler.Tests.Planning;

/// <summary>Each test breaks a good plan in one way and sees that very break named.</summary>
public sealed class PlanCheckerTests
{
    private static readonly ExecutionPlan Good = Plan(Small(degree: 4, accumulate: 2), Laptop);

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 1)]
    [InlineData(4, 2)]
    [InlineData(16, 2)]
    public void What_the_planner_makes_keeps_every_law(long degree, long accumulate) =>
        Assert.Empty(PlanChecker.Check(Plan(Small(degree, accumulate: accumulate), Laptop)));

    [Fact]
    public void A_missing_rank_is_seen() =>
        Expect("has 4 places and the plan 3 ranks", Good with { Ranks = Good.Ranks.RemoveAt(3) });

    [Fact]
    public void A_rank_in_another_place_is_seen() =>
        Expect("place 1 of the mesh holds rank 1 with the coordinates [2]", WithRank(1, rank => rank with { Coordinates = [2] }));

    [Fact]
    public void Two_ranks_on_one_device_are_seen() =>
        Expect("the ranks 0, 1 share the device virtual CPU 0", WithRank(1, rank => rank with { Device = Good.Ranks[0].Device }));

    [Fact]
    public void A_group_that_names_a_rank_twice_is_seen() =>
        Expect("holds the ranks [0, 1, 1, 3]", WithGroup(group => group with { Ranks = [0, 1, 1, 3] }));

    [Fact]
    public void A_rank_outside_every_group_is_seen() =>
        Expect("the axis `data` of degree 4 do not hold each rank once", WithGroup(group => group with { Ranks = [0, 1, 2] }));

    [Fact]
    public void A_gap_between_buckets_is_seen() =>
        Expect("bucket 0 starts at element 8, and bucket 0 was to start at element 0", WithBucket(bucket => bucket with { ElementOffset = 8 }));

    [Fact]
    public void Overlapping_parameters_are_seen() => Expect(
        "`3.bias` starts at element 30, and the one before it ends at 32",
        WithBucket(bucket => bucket with { Parameters = bucket.Parameters.SetItem(1, bucket.Parameters[1] with { ElementOffset = 30 }) }));

    [Fact]
    public void A_bucket_that_its_parameters_do_not_fill_is_seen() =>
        Expect("bucket 0 has 110 elements, and its parameters fill 108", WithBucket(bucket => bucket with { ElementCount = 110 }));

    [Fact]
    public void A_parameter_in_no_bucket_is_seen() =>
        Expect("`0.bias` of shape [8] stands in 0 places", WithBucket(bucket => bucket with { Parameters = bucket.Parameters.RemoveAt(5) }));

    [Fact]
    public void A_parameter_of_no_layer_is_seen() =>
        Expect("the buckets hold `ghost`", WithBucket(bucket => bucket with { Parameters = bucket.Parameters.Add(Ghost(bucket)) }));

    [Fact]
    public void Another_batch_than_the_programs_is_seen() =>
        Expect("cuts a batch of 64", Good with { Batch = Good.Batch with { GlobalBatch = 64 } });

    [Fact]
    public void A_batch_shared_by_other_ranks_than_the_meshs_is_seen() =>
        Expect("shared by 2 data ranks, and the mesh has 4", Good with { Batch = Good.Batch with { DataDegree = 2 } });

    [Fact]
    public void A_batch_that_its_parts_do_not_tile_is_seen() =>
        Expect("2 x 4 x 4 samples are not the batch of 33", Good with { Batch = Good.Batch with { GlobalBatch = 33 } });

    [Fact]
    public void A_micro_batch_that_is_not_run_backward_is_seen() => Expect(
        "rank 2 does [forward] with micro-batch 1 of 2",
        WithUpdate(2, update => update.RemoveAll(action => action is PlanAction.Backward { MicroBatch: 1 })));

    [Fact]
    public void A_micro_batch_that_is_measured_twice_is_seen() => Expect(
        "rank 2 does not measure each micro-batch of an evaluation once",
        WithRank(2, rank => rank with { Evaluate = rank.Evaluate.Add(new PlanAction.Measure(0)) }));

    [Fact]
    public void A_bucket_that_is_not_reduced_is_seen() => Expect(
        "rank 1 reduces bucket 0 0 times",
        WithUpdate(1, update => update.RemoveAll(action => action is PlanAction.ReduceGradients)));

    [Fact]
    public void A_bucket_that_is_reduced_twice_is_seen() =>
        Expect("reduces bucket 0 2 times", WithUpdate(1, update => update.Insert(6, Reduction(update))));

    [Fact]
    public void A_bucket_reduced_before_its_gradients_are_there_is_seen() => Expect(
        "rank 1 reduces bucket 0 before its last backward pass",
        WithUpdate(1, update => update.Remove(Reduction(update)).Insert(0, Reduction(update))));

    [Fact]
    public void A_rank_that_never_steps_is_seen() =>
        Expect("rank 3 steps 0 times", WithUpdate(3, update => update.RemoveAt(update.Length - 1)));

    [Fact]
    public void A_rank_that_steps_too_early_is_seen() =>
        Expect("was to step once, when all gradients are there", WithUpdate(3, update => update.Reverse().ToImmutableArray()));

    [Fact]
    public void A_clip_that_nobody_asked_for_is_seen() =>
        Expect("rank 0 does not clip", WithUpdate(0, update => update.Insert(update.Length - 1, new PlanAction.Clip(1, null, 0))));

    [Fact]
    public void A_rank_that_leaves_a_collective_out_is_seen() => Expect(
        "is all-reduce of loss and metrics (24 bytes) on rank 0 and nothing more on rank 2",
        WithUpdate(2, update => update.RemoveAll(action => action is PlanAction.AllReduceMetrics)));

    [Fact]
    public void A_rank_that_moves_other_bytes_is_seen() => Expect(
        "is all-reduce of loss and metrics (24 bytes) on rank 0 and all-reduce of loss and metrics (32 bytes) on rank 2",
        WithRank(2, rank => rank with { Evaluate = [.. rank.Evaluate[..^1], new PlanAction.AllReduceMetrics(0, 32)] }));

    [Fact]
    public void Statistics_that_one_rank_does_not_join_are_seen() => Expect(
        "is all-gather of layer 1 in forward 0 (68 bytes) on rank 0 and all-reduce of layer 1 in backward 0 (64 bytes) on rank 1",
        WithUpdate(1, update => update.SetItem(1, new PlanAction.Forward(0, 0))));

    [Fact]
    public void A_collective_in_a_group_that_is_not_there_is_seen() => Expect(
        "rank 1 issues the all-reduce of loss and metrics of the evaluation in group 7",
        WithRank(1, rank => rank with { Evaluate = [.. rank.Evaluate[..^1], new PlanAction.AllReduceMetrics(7, 24)] }));

    [Fact]
    public void Bytes_that_are_not_the_buckets_are_seen_even_where_all_ranks_agree()
    {
        var ranks = Good.Ranks.Select(rank => rank with
        {
            Update = [.. rank.Update.Select(action => action is PlanAction.ReduceGradients reduce ? reduce with { Bytes = 8 } : action)],
        });
        Expect("rank 0 moves 8 bytes of bucket 0, which has 432", Good with { Ranks = [.. ranks] });
    }

    private static void Expect(string words, ExecutionPlan broken)
    {
        var findings = PlanChecker.Check(broken);
        Assert.All(findings, finding => Assert.Equal("PD4050", finding.Code));
        Assert.Contains(findings, finding => finding.Message.Contains(words, StringComparison.Ordinal));
    }

    private static ExecutionPlan WithRank(int rank, Func<RankPlan, RankPlan> change) =>
        Good with { Ranks = Good.Ranks.SetItem(rank, change(Good.Ranks[rank])) };

    private static ExecutionPlan WithUpdate(int rank, Func<ImmutableArray<PlanAction>, ImmutableArray<PlanAction>> change) =>
        WithRank(rank, plan => plan with { Update = change(plan.Update) });

    private static ExecutionPlan WithGroup(Func<GroupPlan, GroupPlan> change) => Good with { Groups = [change(Good.Groups[0])] };

    private static ExecutionPlan WithBucket(Func<GradientBucket, GradientBucket> change) =>
        WithRank(0, rank => rank with { Buckets = [change(rank.Buckets[0])] });

    private static PlanAction Reduction(ImmutableArray<PlanAction> update) => update.First(action => action is PlanAction.ReduceGradients);

    private static PlacedParameter Ghost(GradientBucket bucket) =>
        bucket.Parameters[0] with { Parameter = bucket.Parameters[0].Parameter with { Name = "ghost" }, ElementOffset = 108 };
}
