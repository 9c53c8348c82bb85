using ParDsl.Compiler.Checked;
using ParDsl.Compiler.Planning;
using ParDsl.Compiler.Planning.Programs;
using ParDsl.Compiler.Plans;
using ParDsl.Compiler.Printing;
using ParDsl.Compiler.Tests.Checking;
using Xunit;

namespace ParDsl.Compiler.Tests.Planning;

/// <summary>
/// The lists of a replica that is another one's image are those that would be made for its ranks alone, action by action, and the
/// proof takes them for alike only where the names that were changed are the right ones.
/// </summary>
public sealed class ReplicaImageTests
{
    private const string Tied = "tokens: embedding 8; positions learned; residual { layer_norm; attention heads=4 }; linear vocabulary bias=false tied=tokens";
    private const string Untied = "embedding 8; positions learned; residual { layer_norm; attention heads=4 }; layer_norm; linear vocabulary";

    /// <summary>Together they have every kind of action that names ranks or groups.</summary>
    [Theory]
    [InlineData("data 4; pipeline 2 microbatches=4; tensor 2", "precision float16")]
    [InlineData("data 4; check_replicas every=1 steps; pipeline 2 microbatches=4 schedule=zero_bubble", "precision float16")]
    [InlineData("data 4 bucket=64 B; tensor 2 sequence=true; shard optimizer", "precision float32")]
    [InlineData("data 8 bucket=64 B; tensor 2 sequence=true; shard parameters", "precision bfloat16")]
    [InlineData("data 4; pipeline 2 microbatches=4 schedule=interleaved chunks=2; tensor 2 sequence=true; recompute all", "precision float16")]
    [InlineData("data 4; pipeline 2 microbatches=4 schedule=zero_bubble; tensor 2; recompute all", "precision float16")]
    public void An_image_does_what_its_ranks_would_be_planned_to_do(string layout, string precision)
    {
        var plan = Plan(layout, precision);
        var degrees = new Degrees(plan.Mesh.Degree(MeshAxis.Data), plan.Mesh.Degree(MeshAxis.Pipeline), plan.Mesh.Degree(MeshAxis.Tensor));
        var context = PlanContext.Of(plan.Program, degrees, plan.Mesh, MeshGroups.Of(plan.Mesh));
        var cuts = new RankCuts(context);
        foreach (var rank in plan.Ranks)
        {
            var alone = RankPlanner.Plan(context, cuts.Of(rank.Rank), rank.Rank, rank.Device);
            Assert.Equal(alone.Coordinates, rank.Coordinates);
            Assert.Equal(alone.Memory, rank.Memory);
            Assert.Equal(Words(alone), Words(rank));
        }
    }

    [Theory]
    [InlineData("data 4; pipeline 2 microbatches=4; tensor 2")]
    [InlineData("data 8 bucket=64 B; tensor 2 sequence=true; shard parameters")]
    public void The_same_replicas_are_alike_whether_lists_or_names_are_compared(string layout)
    {
        var plan = Plan(layout, "precision bfloat16");
        var written = plan with { Ranks = [.. plan.Ranks.Select(rank => rank with { Update = [.. rank.Update], Evaluate = [.. rank.Evaluate], Compare = [.. rank.Compare] })] };
        Assert.Equal(Numbers(written), Numbers(plan));
        Assert.True(Numbers(plan).Length < plan.Ranks.Length);
        Assert.Empty(PlanChecker.Check(plan));
        Assert.Empty(PlanChecker.Check(written));
        Assert.Equal(MessageTotals.Of(written), MessageTotals.Of(plan));
        Assert.Equal(PlanPrinter.Print(written), PlanPrinter.Print(plan));
        Assert.Equal(PlanJson.Write(written), PlanJson.Write(plan));
    }

    /// <summary>Nearly all shards have none of the partial gradients; the replicas that have some stand for themselves.</summary>
    [Fact]
    public void Replicas_that_sum_as_much_as_a_later_one_are_alike_to_that()
    {
        var plan = Plan("data 16 bucket=64 B; tensor 2 sequence=true; shard optimizer", "precision float32");
        var sums = plan.Ranks.Select(rank => string.Join(',', rank.Update.OfType<PlanAction.SumPartialGradients>().Select(sum => sum.Bytes))).ToArray();
        Assert.Equal(2 * sums.Distinct().Count(), Numbers(plan).Length);
        Assert.InRange(sums.Distinct().Count(), 2, 15);
        Assert.All(plan.Ranks, rank => Assert.Equal(sums[AlikeReplicas.Of(plan).StandIn(rank).Rank], sums[rank.Rank]));
    }

    [Fact]
    public void An_image_of_a_list_that_its_first_replica_no_longer_has_is_not_alike()
    {
        var plan = Plan("data 4; pipeline 2 microbatches=4; tensor 2", "precision float32");
        var broken = plan with { Ranks = plan.Ranks.SetItem(1, plan.Ranks[1] with { Update = plan.Ranks[1].Update.RemoveAt(0) }) };
        Assert.Equal(Enumerable.Range(0, 16), Numbers(broken));
    }

    [Fact]
    public void An_image_in_the_wrong_groups_is_not_alike()
    {
        var plan = Plan("data 4; pipeline 2 microbatches=4; tensor 2", "precision float32");
        var (one, other) = (plan.GroupOf(4, MeshAxis.Tensor)!, plan.GroupOf(8, MeshAxis.Tensor)!);
        var groups = plan.Groups.SetItem(one.Index, one with { Ranks = other.Ranks }).SetItem(other.Index, other with { Ranks = one.Ranks });
        Assert.Equal([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11], Numbers(plan with { Groups = groups }));
        Assert.NotEmpty(PlanChecker.Check(plan with { Groups = groups }));
    }

    /// <summary>With the groups of collectives within passes, of which an action's text says nothing.</summary>
    private static string Words(RankPlan rank) => string.Join('\n', rank.Update
        .Concat(rank.Compare)
        .Append(new PlanAction.Step())
        .Concat(rank.Evaluate)
        .Select(action => $"{ActionText.Of(action)} {string.Join(',', IssuedCollective.Of(action).Select(issued => issued.Group))}"));

    private static int[] Numbers(ExecutionPlan plan) => [.. AlikeReplicas.Of(plan).Ranks.Select(rank => rank.Rank)];

    private static ExecutionPlan Plan(string layout, string precision) => Programs.Plan(
        Spec.Right(
            Spec.Of(
                data: "source text \"words.txt\" length=6",
                model: layout.Contains("tensor", StringComparison.Ordinal) ? Untied : Tied,
                train: $"loss cross_entropy; metric accuracy; optimizer adamw; batch 32; clip 1; {precision}",
                parallel: $"parallel {{ {layout} }}"),
            Spec.Text(6)),
        Programs.Laptop);
}
