using System.Collections.Immutable;
using ParDsl.Compiler.Checked;
using ParDsl.Compiler.Planning;
using ParDsl.Compiler.Plans;
using Xunit;
using static ParDsl.Compiler.Tests.Planning.Programs;

namespace ParDsl.Compiler.Tests.Planning;

/// <summary>
/// One replica stands for all that could change places with it, and for no other: whatever is broken in one of many is found
/// there, and what is broken in all of them is told of all. Rank 2k holds the first stage of replica k, rank 2k + 1 the second.
/// </summary>
public sealed class AlikeReplicaTests
{
    private static readonly CheckedProgram Model =
        Of([("linear", 8L), ("linear", 8L), ("relu", null), ("linear", 8L), ("relu", null), ("linear", 4L)]);

    private static readonly ExecutionPlan Good = Plan(Model.With(Replicas(8, ShardLevel.Gradients, bucketBytes: 1), Stages(2, 4)), Laptop);
    private static readonly ExecutionPlan Whole = Plan(Model.With(Replicas(32, ShardLevel.Parameters, bucketBytes: 1)), Laptop);

    public static TheoryData<string> Exceptions => [.. Broken.Keys];

    /// <summary>Replica 5 with something else than the others.</summary>
    private static readonly ImmutableDictionary<string, Func<RankPlan, RankPlan>> Broken =
        new Dictionary<string, Func<RankPlan, RankPlan>>
        {
            ["an action less"] = rank => rank with { Update = rank.Update.RemoveAt(rank.Update.Length - 1) },
            ["other bytes"] = Changed<PlanAction.SendValue>(send => send with { Bytes = send.Bytes + 1 }),
            ["another micro-batch"] = Changed<PlanAction.Forward>(forward => forward with { MicroBatch = 1 }),
            ["a message to another replica"] = Changed<PlanAction.SendValue>(send => send with { Peer = 1 }),
            ["the first replica's group"] = Changed<PlanAction.ReduceGradients>(reduce => reduce with { Group = Good.Ranks[1].Update.OfType<PlanAction.ReduceGradients>().First().Group }),
            ["a group that there is not"] = Changed<PlanAction.ReduceGradients>(reduce => reduce with { Group = 99 }),
            ["a collective in a pass"] = Changed<PlanAction.Forward>(forward => forward with { Collectives = [new(0, CollectiveKind.AllReduce, 0, 1, 4)] }),
            ["other segments"] = rank => rank with { Segments = [.. rank.Segments.Select(segment => segment with { IsRecomputed = true })] },
            ["other buckets"] = rank => rank with { Buckets = [.. rank.Buckets] },
            ["another evaluation"] = rank => rank with { Evaluate = rank.Evaluate.RemoveAt(0) },
            ["another comparison"] = rank => rank with { Compare = [new PlanAction.Step()] },
        }.ToImmutableDictionary();

    [Fact]
    public void The_first_replica_stands_for_all()
    {
        Assert.Equal([0, 1], Numbers(Good));
        Assert.Equal([0], Numbers(Whole));
        Assert.Equal(1, AlikeReplicas.Of(Good).StandIn(Good.Ranks[15]).Rank);
    }

    [Theory]
    [MemberData(nameof(Exceptions))]
    public void A_replica_that_has_anything_else_stands_for_itself(string what)
    {
        var broken = Good with { Ranks = Good.Ranks.SetItem(10, Broken[what](Good.Ranks[10])) };
        Assert.Equal([0, 1, 10, 11], Numbers(broken));
        Assert.Equal(10, AlikeReplicas.Of(broken).StandIn(broken.Ranks[10]).Rank);
    }

    [Fact]
    public void Replicas_that_are_equal_but_hold_lists_of_their_own_are_alike()
    {
        var copied = Good with { Ranks = [.. Good.Ranks.Select(rank => rank with { Update = [.. rank.Update], Evaluate = [.. rank.Evaluate] })] };
        Assert.Equal([0, 1], Numbers(copied));
    }

    [Fact]
    public void A_group_that_some_replicas_do_not_belong_to_takes_them_out()
    {
        // The sum of the loss over all ranks but those of replica 3.
        var world = Good.Groups[^1];
        var less = Good with { Groups = Good.Groups.SetItem(world.Index, world with { Ranks = world.Ranks.RemoveRange([6, 7]) }) };
        Assert.Equal([0, 1, 6, 7], Numbers(less));
        Assert.Contains(PlanChecker.Check(less), finding => finding.Message.Contains("rank 6 ", StringComparison.Ordinal));
    }

    [Fact]
    public void A_single_broken_rank_among_many_is_named()
    {
        var broken = Whole with
        {
            Ranks = Whole.Ranks.SetItem(21, Whole.Ranks[21] with { Update = Whole.Ranks[21].Update.RemoveAll(action => action is PlanAction.Step) }),
        };
        var finding = Assert.Single(PlanChecker.Check(broken));
        Assert.Contains("rank 21 ", finding.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_broken_on_every_rank_is_told_of_every_rank()
    {
        var update = Whole.Ranks[0].Update.RemoveAll(action => action is PlanAction.Step);
        var broken = Whole with { Ranks = [.. Whole.Ranks.Select(rank => rank with { Update = update })] };
        Assert.Equal([0], Numbers(broken));
        Assert.Equal(32, PlanChecker.Check(broken).Length);
    }

    [Fact]
    public void Ranks_that_wait_for_ever_in_every_replica_are_all_named()
    {
        var stuck = Good with { Ranks = [.. Good.Ranks.Select(rank => rank.Rank % 2 == 1 ? rank : Late(rank))] };
        Assert.Equal([0, 1], Numbers(stuck));
        var findings = PlanChecker.Check(stuck);
        Assert.Equal(16, findings.Length);
        Assert.All(findings, finding => Assert.Contains("would wait for ever", finding.Message, StringComparison.Ordinal));
    }

    [Fact]
    public void Ranks_that_wait_for_ever_in_one_replica_are_seen()
    {
        var stuck = Good with { Ranks = Good.Ranks.SetItem(10, Late(Good.Ranks[10])) };
        Assert.Contains(
            PlanChecker.Check(stuck),
            finding => finding.Message.Contains("rank 10 would wait for ever to receive micro-batch 0 gradient", StringComparison.Ordinal));
    }

    /// <summary>The first value is sent when its gradient has come back, which it never does.</summary>
    private static RankPlan Late(RankPlan rank)
    {
        var (send, receive) = (rank.Update.OfType<PlanAction.SendValue>().First(), rank.Update.OfType<PlanAction.ReceiveGradient>().First());
        return rank with { Update = rank.Update.Insert(rank.Update.IndexOf(receive) + 1, send).Remove(send) };
    }

    private static Func<RankPlan, RankPlan> Changed<T>(Func<T, T> change)
        where T : PlanAction => rank =>
    {
        var old = rank.Update.OfType<T>().First();
        return rank with { Update = rank.Update.SetItem(rank.Update.IndexOf(old), change(old)) };
    };

    private static int[] Numbers(ExecutionPlan plan) => [.. AlikeReplicas.Of(plan).Ranks.Select(rank => rank.Rank)];
}
