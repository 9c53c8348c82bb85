using ParDsl.Compiler.Plans;
using ParDsl.Runtime.Building;
using ParDsl.Runtime.Ranks;
using ParDsl.Runtime.Training;
using TorchSharp;
using Xunit;

namespace ParDsl.Runtime.Tests.Training;

/// <summary>
/// A rank that fails before any kind of action ends all ranks within seconds, with one message that names it and what it was
/// about to do; nothing is left of the run.
/// </summary>
[Collection(TensorCountingTests.Name)]
public sealed class FaultTests
{
    private const int SampleCount = 72;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    public static TheoryData<string> Layouts =>
    [
        "data 4 bucket=400 B; check_replicas every=1 steps",
        "data 3 bucket=400 B; shard gradients; check_replicas every=1 steps",
        "data 2 bucket=400 B; shard parameters; recompute all",
        "pipeline 2 microbatches=4 schedule=gpipe",
        "pipeline 3 microbatches=4 schedule=1f1b",
        "pipeline 2 microbatches=4 schedule=interleaved chunks=2",
        "pipeline 3 microbatches=4 schedule=zero_bubble",
        "data 2 bucket=400 B; pipeline 2 microbatches=4 schedule=zero_bubble; shard parameters",
        "data 2 bucket=400 B; pipeline 2; shard optimizer; recompute all",
        "tensor 2",
        "data 2 bucket=400 B; pipeline 2; tensor 2; check_replicas every=1 steps",
    ];

    [Theory]
    [MemberData(nameof(Layouts))]
    public void A_fault_before_any_kind_of_action_ends_all_ranks_and_leaves_nothing(string layout) => FailEach(PlanFor(layout));

    [Theory]
    [InlineData("data 2 bucket=200 B; tensor 2 sequence=true; shard gradients")]
    [InlineData("pipeline 2 microbatches=4; tensor 2 sequence=true; recompute all")]
    public void So_does_one_where_a_sequence_is_divided(string layout) => FailEach(DividedPlan(layout));

    private static void FailEach(ExecutionPlan plan)
    {
        Fail(plan, 0, plan.Ranks[0].Update[0]); // What is made once in a process is made here.
        GC.Collect();
        GC.WaitForPendingFinalizers();
        var before = torch.Tensor.TotalCount;
        foreach (var rank in plan.Ranks)
        {
            foreach (var action in OneOfEachKind(rank))
                Fail(plan, rank.Rank, action);
        }

        Assert.Equal(before, torch.Tensor.TotalCount);
    }

    /// <summary>The last of each kind: by then the most is under way.</summary>
    private static IEnumerable<PlanAction> OneOfEachKind(RankPlan rank) =>
        rank.Update.Concat(rank.Compare).GroupBy(action => action.GetType()).Select(kind => kind.Last());

    private static void Fail(ExecutionPlan plan, int rank, PlanAction action)
    {
        var options = RunOptions.InMemory with { Probe = new Fault(rank, action) };
        var session = SessionBuilder.Build(plan, options, Specs.Data(plan.Program, SampleCount));
        var end = Task.Run(() => StepsUntilItFails(session));
        Assert.True(Task.WaitAny([end], Patience) == 0, $"rank {rank}, {ActionWords.Of(action)}: some rank is not done after {Patience}");
        var failure = end.GetAwaiter().GetResult();
        Assert.Equal("PD5101", failure.Diagnostic.Code);
        Assert.Equal(rank, failure.Rank!.Rank);
        Assert.Equal(ActionWords.Of(action), failure.Rank.Action);
        Assert.Contains("broken on purpose", failure.Diagnostic.Message, StringComparison.Ordinal);
    }

    /// <summary>Returns when all ranks have ended.</summary>
    private static RunFailedException StepsUntilItFails(TrainingSession session)
    {
        using (session)
            return Assert.Throws<RunFailedException>(() => session.Step(3));
    }

    private static ExecutionPlan PlanFor(string layout) => Specs.Plan(
        "input [2, 8, 8]; target class 3",
        """
          conv2d 4 kernel=3 padding=1; batch_norm; relu; max_pool 2; flatten
          linear 12; batch_norm; gelu; dropout 0.3
          residual { linear 8; tanh; linear 12 }
          linear 3
        """,
        "loss cross_entropy; optimizer adamw lr=1e-3; batch 24; clip 1; steps 100; seed 7",
        layout,
        SampleCount);

    private static ExecutionPlan DividedPlan(string layout) => Specs.Plan(
        "source text \"none.txt\" length=4",
        "embedding 8; positions learned; residual { layer_norm; attention heads=2; dropout 0.1 }; linear vocabulary",
        "loss cross_entropy; optimizer adamw lr=1e-3; batch 24; clip 1; steps 100; seed 7",
        layout,
        SampleCount);

    /// <summary>Throws the second time that a rank comes to an action: the first update is a whole one.</summary>
    private sealed class Fault(int victim, PlanAction action) : IActionProbe
    {
        private int times;

        public void Before(Rank rank, PlanAction next)
        {
            if (rank.Own.Rank == victim && ReferenceEquals(next, action) && ++times == 2)
                throw new InvalidOperationException("broken on purpose");
        }
    }
}
