using System.Collections.Immutable;
using ParDsl.Compiler.Planning;
using ParDsl.Compiler.Plans;
using ParDsl.Compiler.Tests.Checking;
using Xunit;

namespace ParDsl.Compiler.Tests.Planning;

/// <summary>Each test breaks a good plan of 2 data ranks x 2 tensor ranks that divide a sequence in one way, and sees that very break named.</summary>
public sealed class SequencePlanCheckerTests
{
    private static readonly ExecutionPlan Good = Programs.Plan(
        Spec.Right(
            Spec.Of(
                data: "source text \"words.txt\" length=6",
                model: "embedding 8; residual { layer_norm; attention heads=4 }; linear vocabulary",
                train: "loss cross_entropy; optimizer adamw; batch 32; clip 1; precision float16",
                parallel: "parallel { data 2 bucket=64 B; tensor 2 sequence=true }"),
            Spec.Text(6)),
        Programs.Laptop);

    private static PlanAction.SumPartialGradients Sum => Good.Ranks[0].Update.OfType<PlanAction.SumPartialGradients>().Single();

    [Fact]
    public void What_the_planner_makes_keeps_every_law() => Assert.Empty(PlanChecker.Check(Good));

    [Fact]
    public void Parts_that_are_never_summed_are_seen() => Expect(
        "rank 1 sums 0 bytes of partial gradients over the tensor ranks, and it was to sum 48, once and when all gradients are there",
        With([0, 1], update => update.Remove(Sum)));

    [Fact]
    public void Parts_that_are_summed_twice_are_seen() =>
        Expect("rank 0 sums 96 bytes of partial gradients", With([0, 1], update => update.Insert(update.IndexOf(Sum), Sum)));

    [Fact]
    public void A_sum_of_too_little_is_seen() => Expect(
        "rank 0 sums 46 bytes of partial gradients", With([0, 1], update => update.SetItem(update.IndexOf(Sum), Sum with { Bytes = 46 })));

    [Fact]
    public void A_sum_over_other_ranks_is_seen() => Expect(
        "rank 0 sums 0 bytes of partial gradients over the tensor ranks",
        With([0, 1], update => update.SetItem(update.IndexOf(Sum), Sum with { Group = 0 })));

    [Fact]
    public void A_sum_before_the_last_backward_pass_is_seen() => Expect(
        "once and when all gradients are there",
        With([0, 1], update => update.Remove(Sum).Insert(update.IndexOf(update.OfType<PlanAction.Backward>().Last()), Sum)));

    [Fact]
    public void A_sum_of_gradients_on_their_way_is_seen() => Expect(
        "rank 0 is to all-reduce partial gradients in group 2 (48 bytes) while the gradients of bucket",
        With([0, 1], update => update.Remove(Sum).Insert(update.IndexOf(update.OfType<PlanAction.AwaitGradients>().Last()), Sum)));

    [Fact]
    public void A_sum_after_the_masters_have_their_gradients_is_seen() => Expect(
        "rank 0 does not widen the summed gradients",
        With([0, 1], update => update.Remove(Sum).Insert(update.IndexOf(update.OfType<PlanAction.Clip>().Single()) - 1, Sum)));

    [Fact]
    public void A_sum_after_the_clip_is_seen() => Expect(
        "rank 0 does not clip the summed gradients",
        With([0, 1], update => update.Remove(Sum).Insert(update.IndexOf(update.OfType<PlanAction.Step>().Single()) - 1, Sum)));

    [Fact]
    public void A_sum_that_one_rank_leaves_out_is_seen() => Expect(
        "is all-reduce of partial gradients (48 bytes) on rank 0 and",
        With([1], update => update.Remove(Sum)));

    [Fact]
    public void A_gathering_that_is_a_scattering_on_one_rank_is_seen() => Expect(
        "on rank 0 and all-reduce of layer 0 in forward 0",
        With([1], update =>
        {
            var forward = update.OfType<PlanAction.Forward>().First(pass => !pass.Collectives.IsEmpty);
            var changed = forward.Collectives.SetItem(0, forward.Collectives[0] with { Kind = CollectiveKind.AllReduce });
            return update.SetItem(update.IndexOf(forward), forward with { Collectives = changed });
        }));

    private static ExecutionPlan With(int[] ranks, Func<ImmutableArray<PlanAction>, ImmutableArray<PlanAction>> change) => Good with
    {
        Ranks = [.. Good.Ranks.Select(rank => ranks.Contains(rank.Rank) ? rank with { Update = change(rank.Update) } : rank)],
    };

    private static void Expect(string words, ExecutionPlan broken)
    {
        var findings = PlanChecker.Check(broken);
        Assert.All(findings, finding => Assert.Equal("PD4050", finding.Code));
        Assert.Contains(words, string.Join('\n', findings.Select(finding => finding.Message)), StringComparison.Ordinal);
    }
}
