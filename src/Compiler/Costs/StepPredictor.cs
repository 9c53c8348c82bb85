using System.Collections.Immutable;
using ParDsl.Compiler.Plans;

namespace ParDsl.Compiler.Costs;

/// <summary>Predicts how long an update of a plan takes, by simulating its lists of actions on the hardware.</summary>
public static class StepPredictor
{
    /// <summary>Null where nothing is known of the hardware's speed.</summary>
    public static StepPrediction? Of(ExecutionPlan plan)
    {
        if (plan.Hardware.Performance is not { } performance)
            return null;
        var outline = StepOutline.Of(plan);
        var simulation = new StepSimulation(outline, performance);
        var times = simulation.Run();
        return new StepPrediction(
            simulation.Seconds,
            [.. outline.Ranks.Zip(times, (rank, actions) => new RankPrediction(rank.Rank, Alike(plan, rank.Rank), actions))],
            performance.Origin)
        {
            Binding = StepBinding.Of(outline, times),
        };
    }

    /// <summary>The ranks at the same place of the pipeline.</summary>
    private static ImmutableArray<int> Alike(ExecutionPlan plan, int rank) =>
    [
        .. plan.Ranks
            .Where(other => plan.Mesh.Coordinate(other.Rank, MeshAxis.Pipeline) == plan.Mesh.Coordinate(rank, MeshAxis.Pipeline))
            .Select(other => other.Rank),
    ];
}
