using ParDsl.Compiler.Planning;
using ParDsl.Compiler.Plans;
using Xunit;

namespace ParDsl.Runtime.Tests.Training;

/// <summary>Trains a layout, and one device that runs the same micro-batches: losses and weights are the same in float64.</summary>
internal static class LayoutComparison
{
    private const int StepCount = 12;
    private const double LearningRate = 1e-3;

    /// <param name="planFor">The plan of a layout and so many parts of an accumulation.</param>
    public static void Compare(string layout, Func<string, int, ExecutionPlan> planFor)
    {
        var plan = planFor(layout, 1);
        Assert.Empty(PlanChecker.Check(plan));
        var (alone, aloneWeights) = Train(planFor("data 1", plan.Batch.MicroBatchCount));
        var (together, togetherWeights) = Train(plan);
        for (var step = 0; step < StepCount; step++)
            Assert.True(Math.Abs(alone[step] - together[step]) <= 1e-9 * Math.Abs(alone[step]), $"step {step + 1}: {alone[step]} and {together[step]}");
        Assert.Equal(aloneWeights.Keys, togetherWeights.Keys);
        foreach (var (name, values) in aloneWeights)
        {
            var difference = values.Zip(togetherWeights[name], (left, right) => Math.Abs(left - right)).Max();
            var scale = Math.Max(values.Max(Math.Abs), LearningRate);
            Assert.True(difference <= 1e-9 * scale, $"{name} differs by {difference:G3}, relative {difference / scale:G3}");
        }
    }

    private static (double[] Losses, SortedDictionary<string, double[]> Weights) Train(ExecutionPlan plan)
    {
        using var session = Specs.Session(plan, checked((int)plan.Program.Data.Description.TrainingCount!.Value));
        return (Specs.Losses(session, StepCount), Specs.Weights(session));
    }

    /// <summary>What stands in the train block.</summary>
    public static string TrainBlock(int accumulate) =>
        $"""
          loss cross_entropy label_smoothing=0.1
          optimizer adamw lr={LearningRate}
          batch 16
          accumulate {accumulate}
          clip 1
          steps {StepCount}
          seed 7
          precision float64
          metric accuracy
        """;
}
