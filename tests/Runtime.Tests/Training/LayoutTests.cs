using ParDsl.Compiler.Plans;
using Xunit;

namespace ParDsl.Runtime.Tests.Training;

/// <summary>The same learning in any layout: N ranks equal one device on the same global batch.</summary>
public sealed class LayoutTests
{
    private const int StepCount = 50;
    private const int SampleCount = 75; // batches of 16, and a last one of 11: slices of 2 and 3
    private const double LearningRate = 1e-3;

    private const string Network = """
          conv2d 4 kernel=3 padding=1; batch_norm; relu; max_pool 2
          residual { conv2d 4 kernel=3 padding=1; batch_norm; silu }
          average_pool 2; flatten
          linear 12; batch_norm; gelu; dropout 0.3
          layer_norm; linear 8; tanh; dropout 0.1
          linear 3
        """;

    [Theory]
    [InlineData(2, 1)]
    [InlineData(4, 1)]
    [InlineData(2, 2)]
    public void In_float64_losses_and_weights_equal_those_of_one_device(int degree, int accumulate)
    {
        var (alone, aloneWeights) = Train(1, "float64", accumulate);
        var (together, togetherWeights) = Train(degree, "float64", accumulate);
        for (var step = 0; step < StepCount; step++)
            Assert.True(Math.Abs(alone[step] - together[step]) <= 1e-9 * Math.Abs(alone[step]), $"step {step + 1}: {alone[step]} and {together[step]}");
        Assert.Equal(aloneWeights.Keys, togetherWeights.Keys);
        foreach (var (name, values) in aloneWeights)
        {
            var difference = Largest(values.Zip(togetherWeights[name], (left, right) => left - right));
            var scale = Math.Max(Largest(values), LearningRate);
            Assert.True(difference <= 1e-9 * scale, $"{name} differs by {difference:G3}, relative {difference / scale:G3}");
        }

        Assert.True(alone[^10..].Average() < alone[..10].Average(), "nothing was learned, so nothing was compared");
    }

    [Theory]
    [InlineData(2)]
    [InlineData(4)]
    public void In_float32_losses_equal_those_of_one_device(int degree)
    {
        var (alone, _) = Train(1, "float32", 1);
        var (together, _) = Train(degree, "float32", 1);
        for (var step = 0; step < StepCount; step++)
            Assert.Equal(alone[step], together[step], 1e-3);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Two_runs_with_one_seed_give_the_same_bits(int degree)
    {
        var (losses, weights) = Train(degree, "float32", 1, batch: 15);
        var (lossesAgain, weightsAgain) = Train(degree, "float32", 1, batch: 15);
        Assert.Equal(losses, lossesAgain);
        Assert.All(weights, pair => Assert.Equal(pair.Value, weightsAgain[pair.Key]));
    }

    [Fact]
    public void All_ranks_end_with_the_same_bits()
    {
        var plan = PlanFor(4, "float32", 1, 16);
        using var session = Specs.Session(plan, SampleCount);
        session.Step(StepCount);
        var first = Specs.Weights(session);
        foreach (var rank in new[] { 1, 2, 3 })
            Assert.All(Specs.Weights(session, rank), pair => Assert.Equal(first[pair.Key], pair.Value));
    }

    private static (double[] Losses, SortedDictionary<string, double[]> Weights) Train(
        int degree, string precision, int accumulate, int batch = 16)
    {
        using var session = Specs.Session(PlanFor(degree, precision, accumulate, batch), SampleCount);
        return (Specs.Losses(session, StepCount), Specs.Weights(session));
    }

    private static ExecutionPlan PlanFor(int degree, string precision, int accumulate, int batch) => Specs.Plan(
        "input [2, 8, 8]; target class 3",
        Network,
        $"""
          loss cross_entropy label_smoothing=0.1
          optimizer adamw lr={LearningRate}
          schedule cosine warmup=5 steps
          batch {batch}
          accumulate {accumulate}
          clip 1
          steps {StepCount}
          seed 7
          precision {precision}
          metric accuracy
        """,
        degree,
        SampleCount);

    private static double Largest(IEnumerable<double> values) => values.Max(Math.Abs);
}
