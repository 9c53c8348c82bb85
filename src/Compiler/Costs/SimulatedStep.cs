using System.Collections.Immutable;
using ParDsl.Compiler.Hardware.Performance;

namespace ParDsl.Compiler.Costs;

/// <summary>A step of one pipeline that was simulated.</summary>
/// <param name="Seconds">Until its last rank is through.</param>
/// <param name="Ranks">What each of its ranks does meanwhile.</param>
internal sealed record SimulatedStep(StepOutline Outline, double Seconds, ImmutableArray<ImmutableArray<PredictedAction>> Ranks)
{
    /// <summary>Of several pipelines of a layout the slowest, which the others wait for before the next step.</summary>
    public static SimulatedStep Slowest(IEnumerable<StepOutline> pipelines, HardwarePerformance performance) =>
        pipelines.Select(outline => Of(outline, performance)).MaxBy(step => step.Seconds)!;

    private static SimulatedStep Of(StepOutline outline, HardwarePerformance performance)
    {
        var simulation = new StepSimulation(outline, performance);
        var ranks = simulation.Run();
        return new SimulatedStep(outline, simulation.Seconds, ranks);
    }
}
