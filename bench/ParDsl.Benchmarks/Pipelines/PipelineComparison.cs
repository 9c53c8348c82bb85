using System.Collections.Immutable;
using ParDsl.Benchmarks.Comparisons;
using ParDsl.Benchmarks.Rates;

namespace ParDsl.Benchmarks.Pipelines;

/// <summary>
/// How long two stages of equal work wait for each other, beside what the papers give for stages that take the same time:
/// (p - 1) / (m + p - 1) of it, with p stages and m micro-batches, for gpipe and 1f1b.
/// </summary>
internal sealed class PipelineComparison : IComparison
{
    private const int Rounds = 7;
    private const int Updates = 20;
    private const int WarmUpdates = 10;

    /// <summary>1f1b, whose share is the ratio's, in the middle.</summary>
    private static readonly ImmutableArray<string> Schedules = ["gpipe", "1f1b", "zero_bubble"];

    public string Name => "pipeline2";

    public string About => "the idle share of 2 pipeline ranks under 1f1b, over (p-1)/(m+p-1); gpipe and zero_bubble beside it";

    public double Run(TextWriter output)
    {
        var measured = OpenSides.Measure(Schedules.Select(schedule => new ScheduleLoop(schedule)), Measure);
        var bubble = (ScheduleLoop.StageCount - 1.0) / (ScheduleLoop.MicroBatchCount + ScheduleLoop.StageCount - 1);
        output.WriteLine(
            $"{Name}: idle share of {ScheduleLoop.StageCount} ranks, {ScheduleLoop.MicroBatchCount} micro-batches, "
            + $"median of {Rounds} rounds each, in turn, {Environment.ProcessorCount} cores");
        foreach (var (schedule, rounds) in Schedules.Zip(measured))
        {
            var shares = rounds.Select(round => round.IdleShare).ToArray();
            output.WriteLine(
                $"  {schedule,-16} {Median.Of(shares),6:P1}   ({shares.Min():P1} to {shares.Max():P1})"
                + $"   {Median.Of(rounds.Select(round => round.Rate)),7:F0} samples/s");
        }

        output.WriteLine($"  {"(p-1)/(m+p-1)",-16} {bubble,6:P1}");
        return Median.Of(measured[Schedules.IndexOf("1f1b")].Select(round => round.IdleShare)) / bubble;
    }

    private static (double IdleShare, double Rate)[][] Measure(IReadOnlyList<ScheduleLoop> loops)
    {
        foreach (var loop in loops)
            loop.Measure(WarmUpdates);
        var rounds = Enumerable.Range(0, Rounds).Select(_ => loops.Select(loop => loop.Measure(Updates)).ToArray()).ToArray();
        return [.. loops.Select((_, side) => rounds.Select(round => round[side]).ToArray())];
    }
}
