using ParDsl.Compiler.Plans;
using ParDsl.Runtime.Building;
using ParDsl.Runtime.Native;
using ParDsl.Runtime.Ranks;
using ParDsl.Runtime.Training;
using Xunit;
using static TorchSharp.torch;

namespace ParDsl.Runtime.Tests.Training;

/// <summary><c>check_replicas</c> stops a run whose replicas have parted, and no other.</summary>
public sealed class ReplicaTests
{
    private const int SampleCount = 48;

    public ReplicaTests() => NativeLibraries.Load();

    [Theory]
    [InlineData("data 3", 1, "after step 4, `fc1.weight` has other bits on rank 1 than on ranks 0, 2")]
    [InlineData("data 3", 0, "after step 4, `fc1.weight` has other bits on rank 0 than on ranks 1, 2")]
    [InlineData("data 2; pipeline 2 at=[fc2]", 2, "after step 4, `fc1.weight` has other bits on rank 2 than on rank 0")]
    public void A_weight_that_one_rank_has_otherwise_stops_the_run(string layout, int victim, string message)
    {
        using var session = Session($"{layout}; check_replicas every=2 steps", new Corruption(victim, 3, "fc1.weight"));
        session.Step(2);
        var failure = Assert.Throws<RunFailedException>(() => session.Step(2));
        Assert.Equal("PD5104", failure.Diagnostic.Code);
        Assert.Equal(message, failure.Message);
    }

    [Fact]
    public void Several_weights_are_counted()
    {
        using var session = Session("data 2; check_replicas every=1 steps", new Corruption(1, 1, "fc1.weight", "fc2.bias"));
        var failure = Assert.Throws<RunFailedException>(() => session.Step(1));
        Assert.StartsWith("after step 1, `fc2.bias` (and 1 other parameter) has other bits on rank 1", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_epoch_may_be_the_time_between_two_comparisons()
    {
        using var session = Session("data 2; check_replicas every=1 epochs", new Corruption(1, 1, "fc1.weight"));
        session.Step((SampleCount / 12) - 1);
        Assert.Contains("after step 4", Assert.Throws<RunFailedException>(() => session.Step(1)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("data 3; check_replicas every=1 steps")]
    [InlineData("data 3; shard optimizer; check_replicas every=1 steps")]
    [InlineData("data 3; shard gradients; check_replicas every=1 steps")]
    [InlineData("data 2; pipeline 2; check_replicas every=2 steps")]
    public void Sound_replicas_go_on(string layout)
    {
        using var session = Session(layout, null);
        session.Step(8);
        Assert.Equal(8, session.CompletedSteps);
    }

    [Theory]
    [InlineData("data 1", "there is one data rank")]
    [InlineData("data 2; shard parameters", "`shard parameters` leaves each data rank its own part of them")]
    public void Where_there_is_nothing_to_compare_the_plan_says_so(string layout, string reason)
    {
        var plan = PlanFor($"{layout}; check_replicas every=1 steps");
        Assert.Contains($"`check_replicas` has nothing to compare: {reason}", plan.Notes);
        Assert.All(plan.Ranks, rank => Assert.Empty(rank.Compare));
    }

    [Fact]
    public void A_hash_tells_one_bit()
    {
        using var values = ones(1000, dtype: ScalarType.Float32);
        var before = BitHash.Of(values);
        Assert.Equal(before, BitHash.Of(values));
        values[999] = 1.0000001f;
        Assert.NotEqual(before, BitHash.Of(values));
    }

    [Fact]
    public void A_hash_reads_a_parameter_of_more_bytes_than_a_span_holds()
    {
        using var values = empty([(1L << 31) + 8], ScalarType.Int8);
        values[-1] = 0;
        var before = BitHash.Of(values);
        values[-1] = 1;
        Assert.NotEqual(before, BitHash.Of(values));
    }

    private static TrainingSession Session(string layout, IActionProbe? probe)
    {
        var plan = PlanFor(layout);
        return SessionBuilder.Build(plan, RunOptions.InMemory with { Probe = probe }, Specs.Data(plan.Program, SampleCount));
    }

    private static ExecutionPlan PlanFor(string layout) => Specs.Plan(
        "input [6]; target [2]",
        "fc1: linear 8; tanh; fc2: linear 2",
        "loss mse; optimizer adamw lr=1e-2; batch 12; steps 100",
        layout,
        SampleCount);

    /// <summary>Changes one bit's worth of parameters on one rank, before its step.</summary>
    private sealed class Corruption(int victim, int step, params string[] names) : IActionProbe
    {
        private int steps;

        public void Before(Rank rank, PlanAction action)
        {
            if (rank.Own.Rank != victim || action is not PlanAction.Step || ++steps != step)
                return;
            using var guard = no_grad();
            foreach (var name in names)
            {
                using var first = rank.Flat.Parameters[name].view(-1).narrow(0, 0, 1);
                first.add_(1e-3);
            }
        }
    }
}
