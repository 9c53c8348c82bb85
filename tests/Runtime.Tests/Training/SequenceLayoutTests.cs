using ParDsl.Compiler.Plans;
using Xunit;

namespace ParDsl.Runtime.Tests.Training;

/// <summary>
/// A small GPT learns the same in any layout, dropout and a weight that two layers use included. Each epoch's last batch has one
/// sample, so all ranks but one have none of it.
/// </summary>
public sealed class SequenceLayoutTests
{
    private const int StepCount = 20;
    private const int SampleCount = 17;

    private const string Network = """
          tokens: embedding 8 std=0.3
          positions learned std=0.3
          dropout 0.1
          residual { rms_norm; attention heads=2 causal=true; dropout 0.2 }
          residual { layer_norm; linear 16; relu; linear 8; dropout 0.2 }
          linear vocabulary tied=tokens
        """;

    [Theory]
    [InlineData(2, 1)]
    [InlineData(4, 1)]
    [InlineData(2, 2)]
    public void In_float64_losses_and_weights_equal_those_of_one_device(int degree, int accumulate)
    {
        using var alone = Session(1, accumulate);
        using var together = Session(degree, accumulate);
        var (aloneLosses, togetherLosses) = (Specs.Losses(alone, StepCount), Specs.Losses(together, StepCount));
        Assert.All(aloneLosses.Zip(togetherLosses), pair => Assert.Equal(pair.First, pair.Second, 1e-9));
        var (aloneWeights, togetherWeights) = (Specs.Weights(alone), Specs.Weights(together));
        Assert.Equal(aloneWeights.Keys, togetherWeights.Keys);
        foreach (var (name, values) in aloneWeights)
            Assert.All(values.Zip(togetherWeights[name]), pair => Assert.Equal(pair.First, pair.Second, 1e-9));
    }

    [Fact]
    public void A_weight_that_two_layers_use_is_there_once()
    {
        using var session = Session(1, 1);
        var model = Specs.Weights(session);
        Assert.Contains("tokens.weight", model.Keys);
        Assert.Equal(["5.bias"], model.Keys.Where(name => name.StartsWith("5.", StringComparison.Ordinal)));
    }

    [Fact]
    public void A_gradient_of_a_shared_weight_is_the_sum_of_both_uses()
    {
        // Of one linear layer without bias that is used twice, y = w w x: dy/dw = 2 w x.
        var plan = Specs.Plan(
            "input [1]; target [1]",
            "first: linear 1 bias=false; linear 1 bias=false tied=first",
            "loss l1; optimizer sgd lr=0.5; batch 1; steps 1; shuffle false; precision float64",
            degree: 1,
            sampleCount: 1);
        using var session = Specs.Session(plan, sampleCount: 1);
        var before = Specs.Weights(session)["first.weight"][0];
        var input = (2 * new System.Random(1).NextDouble()) - 1;
        var target = Math.Sin(3 * input);
        session.Step(1);
        var after = Specs.Weights(session)["first.weight"][0];
        var gradient = Math.Sign((before * before * input) - target) * 2 * before * input;
        Assert.Equal(before - (0.5 * gradient), after, 1e-12);
    }

    private static ParDsl.Runtime.Training.TrainingSession Session(int degree, int accumulate) =>
        Specs.Session(PlanFor(degree, accumulate), SampleCount);

    private static ExecutionPlan PlanFor(int degree, int accumulate) => Specs.Plan(
        "source text \"none.txt\" length=6",
        Network,
        $"""
          loss cross_entropy
          optimizer adamw lr=1e-2
          batch 16
          accumulate {accumulate}
          clip 1
          steps {StepCount}
          seed 7
          precision float64
          metric accuracy
        """,
        degree,
        SampleCount);
}
