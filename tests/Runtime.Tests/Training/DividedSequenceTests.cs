using System.Collections.Concurrent;
using ParDsl.Compiler.Plans;
using ParDsl.Runtime.Building;
using ParDsl.Runtime.Ranks;
using ParDsl.Runtime.Training;
using ParDsl.Runtime.Verifying;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace ParDsl.Runtime.Tests.Training;

/// <summary>What tensor ranks that divide a sequence have together: the same weights, all of an evaluation, one gradient.</summary>
public sealed class DividedSequenceTests
{
    private const int SampleCount = 21; // batches of 8, and a last one of 5
    private const int ValidationCount = 11;

    /// <summary>The last layer's places: 3 classes are not cut by 2, and numbers never are.</summary>
    private const string Network = """
          linear 8; positions learned std=0.1; dropout 0.1
          residual { layer_norm; attention heads=4 causal=true; dropout 0.1 }
          residual { rms_norm; linear 12; gelu; linear 8 }
          layer_norm; linear 3
        """;

    [Theory]
    [InlineData("tensor 2 sequence=true")]
    [InlineData("tensor 4 sequence=true")]
    [InlineData("data 2; tensor 2 sequence=true")]
    [InlineData("data 2; pipeline 2; tensor 2 sequence=true; shard optimizer")]
    public void An_evaluation_measures_every_place_once(string layout)
    {
        var plan = PlanFor(layout, 1);
        var (alone, together) = (Run(PlanFor("data 1", plan.Batch.MicroBatchCount)), Run(plan));
        Assert.Equal(["loss", "mean_absolute_error"], alone.Validation.Keys);
        foreach (var (name, value) in alone.Validation)
            Assert.Equal(value, together.Validation[name], 1e-9);
        foreach (var (name, value) in alone.EpochReports[^1].Train)
            Assert.Equal(value, together.EpochReports[^1].Train[name], 1e-9);
    }

    [Fact]
    public void All_ranks_end_with_the_same_bits_of_what_they_have_whole()
    {
        var plan = PlanFor("tensor 4 sequence=true", 1, "float32");
        var probe = new WeightProbe();
        var options = RunOptions.InMemory with { Probe = probe };
        using (var session = SessionBuilder.Build(plan, options, Specs.Data(plan.Program, SampleCount)))
            session.Step(10);
        Assert.Equal(4, probe.Sums.Count);
        Assert.Single(probe.Sums.Values.Distinct());
    }

    /// <summary>The comparison is no comparison if it lets this pass.</summary>
    [Fact]
    public void Without_the_sum_of_partial_gradients_something_else_is_learned()
    {
        var plan = PlanFor("tensor 2 sequence=true", 1);
        var broken = plan with
        {
            Ranks =
            [
                .. plan.Ranks.Select(rank => rank with
                {
                    Update = rank.Update.RemoveAll(action => action is PlanAction.SumPartialGradients),
                }),
            ],
        };
        using var verifier = new Verifier(Specs.Data(plan.Program, SampleCount), 2, null);
        Assert.True(verifier.Compare(plan, PlanFor("data 1", 1), TestContext.Current.CancellationToken).Passes);
        var result = verifier.Compare(broken, PlanFor("data 1", 1), TestContext.Current.CancellationToken);
        Assert.False(result.Passes);
        Assert.True(result.Gradients.Relative > 1e-3, result.ToString());
    }

    private static TrainingReport Run(ExecutionPlan plan)
    {
        using var session = Specs.Session(plan, SampleCount, ValidationCount);
        return session.Run(new RecordingObserver(), TestContext.Current.CancellationToken);
    }

    private static ExecutionPlan PlanFor(string layout, int accumulate, string precision = "float64") => Specs.Plan(
        "input [8, 4]; target [8, 3]",
        Network,
        $"loss mse; optimizer adamw lr=1e-2; batch 8; accumulate {accumulate}; clip 1; epochs 3; seed 7; metric mean_absolute_error; precision {precision}",
        layout,
        SampleCount);

    /// <summary>What a rank's whole weights add up to after its last step, bit by bit the same or not.</summary>
    private sealed class WeightProbe : IActionProbe
    {
        public ConcurrentDictionary<int, string> Sums { get; } = new();

        public void Before(Rank rank, PlanAction action)
        {
        }

        public void After(Rank rank, PlanAction action)
        {
            if (action is not PlanAction.Step)
                return;
            using var scope = NewDisposeScope();
            var whole = rank.Flat.Parameters.Where(parameter => rank.Plan.Tensor.SliceOf(parameter.Key, 0) is null);
            Sums[rank.Own.Rank] = string.Join(
                '\n', whole.Select(parameter => $"{parameter.Key} {string.Join(' ', parameter.Value.detach().cpu().data<float>().ToArray())}"));
        }
    }
}
