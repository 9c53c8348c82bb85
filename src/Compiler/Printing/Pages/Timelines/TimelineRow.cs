using System.Collections.Immutable;
using ParDsl.Compiler.Costs;
using ParDsl.Compiler.Plans;
using ParDsl.Compiler.Printing.Pages.Runs;

namespace ParDsl.Compiler.Printing.Pages.Timelines;

/// <summary>What one rank, or several alike, does in an update.</summary>
/// <param name="Name">Whose row it is: <c>ranks 0-3</c>.</param>
/// <param name="Bars">By their start; those that take no time are left out.</param>
internal sealed record TimelineRow(string Name, ImmutableArray<TimelineBar> Bars)
{
    public bool HasBackground => Bars.Any(bar => bar.IsBackground);

    public double End => Bars.IsEmpty ? 0 : Bars.Max(bar => bar.End);

    public static ImmutableArray<TimelineRow> Of(ExecutionPlan plan, StepPrediction prediction) =>
    [
        .. prediction.Ranks.Select(row =>
        {
            var words = new BarWords(plan, plan.Ranks[row.Rank]);
            return new TimelineRow(
                RankFold.Words(row.Stands),
                [.. row.Actions.Where(action => action.Seconds > 0).OrderBy(action => action.Start).Select(words.Bar)]);
        }),
    ];

    public static ImmutableArray<TimelineRow> Of(ExecutionPlan plan, MeasuredRun run) =>
    [
        .. run.Ranks.Select(row =>
        {
            var words = new BarWords(plan, plan.Ranks[row.Rank]);
            return new TimelineRow($"rank {row.Rank}", [.. row.Actions.Where(action => action.End > action.Start).Select(words.Bar)]);
        }),
    ];

    /// <summary>The seconds of one colour, background apart.</summary>
    public double SecondsOf(ActionColor color) => Bars.Where(bar => bar.Color == color && !bar.IsBackground).Sum(bar => bar.Seconds);
}
