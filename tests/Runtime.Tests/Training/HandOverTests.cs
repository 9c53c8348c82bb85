using ParDsl.Compiler.Planning;
using ParDsl.Compiler.Plans;
using ParDsl.Runtime.Building;
using ParDsl.Runtime.Engines;
using ParDsl.Runtime.Training;
using Xunit;

namespace ParDsl.Runtime.Tests.Training;

/// <summary>Whichever thread does a collective that may go on in the background, a rank learns the same bits.</summary>
public sealed class HandOverTests
{
    private const int SampleCount = 75; // batches of 16, and a last one of 11
    private const int StepCount = 12;

    /// <summary>Of the buckets of the network, some are larger and some are not.</summary>
    private const long SomeBytes = 400;

    private const string Network = """
          linear 12; batch_norm; gelu; dropout 0.3
          linear 8; tanh
          linear 3
        """;

    [Theory]
    [InlineData("data 2 bucket=400 B")]
    [InlineData("data 2 bucket=400 B; shard optimizer")]
    [InlineData("data 2 bucket=400 B; shard gradients")]
    [InlineData("data 2 bucket=400 B; shard parameters")]
    [InlineData("data 4 bucket=400 B; shard parameters")]
    [InlineData("data 2 bucket=400 B; pipeline 2 schedule=zero_bubble; shard parameters; recompute all")]
    [InlineData("data 2 bucket=400 B; tensor 2; shard gradients")]
    public void The_bits_are_the_same(string layout)
    {
        var plan = Specs.Plan("input [20]; target class 3", Network, LayoutComparison.TrainBlock(1), layout, SampleCount);
        Assert.Empty(PlanChecker.Check(plan));
        Assert.Contains(Moved(plan), bytes => bytes > SomeBytes);
        Assert.Contains(Moved(plan), bytes => bytes <= SomeBytes);
        var (losses, weights) = Train(plan, ThreadEngine.Instance);
        foreach (var ownThreadBytes in new[] { 0, SomeBytes })
        {
            var (lossesThere, weightsThere) = Train(plan, new HandingEngine(ownThreadBytes));
            Assert.Equal(losses, lossesThere);
            Assert.All(weights, pair => Assert.Equal(pair.Value, weightsThere[pair.Key]));
        }
    }

    private static IEnumerable<long> Moved(ExecutionPlan plan) => plan.Ranks
        .SelectMany(rank => IssuedCollective.Of(rank.Update))
        .Where(collective => collective.IsBackground)
        .Select(collective => collective.Bytes);

    private static (double[] Losses, SortedDictionary<string, double[]> Weights) Train(ExecutionPlan plan, IEngine engine)
    {
        using var session = SessionBuilder.Build(plan, RunOptions.InMemory, engine, Specs.Data(plan.Program, SampleCount));
        return (Specs.Losses(session, StepCount), Specs.Weights(session));
    }
}
