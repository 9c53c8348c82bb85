using System.Collections.Immutable;
using ParDsl.Compiler.Hardware.Performance;
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
        var lines = PipelineLines.Slowest(plan.Mesh, [.. plan.Ranks.Select(rank => rank.Device)]);
        var step = SimulatedStep.Slowest(lines.Select(line => StepOutline.Of(plan, line)), performance);
        return new StepPrediction(
            step.Seconds,
            [.. step.Outline.Ranks.Zip(step.Ranks, (rank, actions) => new RankPrediction(rank.Rank, Alike(plan, rank.Rank), actions))],
            Origin(step.Outline, performance))
        {
            Binding = StepBinding.Of(step.Outline, step.Ranks),
        };
    }

    private static string Origin(StepOutline outline, HardwarePerformance performance)
    {
        var layers = performance.Of(outline.RanksOfMachine).Device.Layers;
        var measured = new MeasuredLayers(outline.Program, outline.Tensor, outline.Batch.DataDegree > 1, layers);
        return measured.IsWhole ? $"{performance.Origin} with its layers" : performance.Origin;
    }

    /// <summary>The ranks at the same place of the pipeline.</summary>
    private static ImmutableArray<int> Alike(ExecutionPlan plan, int rank) =>
    [
        .. plan.Ranks
            .Where(other => plan.Mesh.Coordinate(other.Rank, MeshAxis.Pipeline) == plan.Mesh.Coordinate(rank, MeshAxis.Pipeline))
            .Select(other => other.Rank),
    ];
}
