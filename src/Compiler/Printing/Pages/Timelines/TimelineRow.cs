using System.Collections.Immutable;
using ParDsl.Compiler.Costs;
using ParDsl.Compiler.Plans;
using ParDsl.Compiler.Printing.Pages.Runs;

namespace ParDsl.Compiler.Printing.Pages.Timelines;

/// <summary>What one rank, or several alike, does in an update.</summary>
/// <param name="Name">Whose row it is, in short: <c>ranks 0-3</c>, <c>pipeline 2, 128 ranks</c>.</param>
/// <param name="Ranks">The same in full.</param>
/// <param name="Bars">By their start; those that take no time are left out.</param>
internal sealed record TimelineRow(string Name, string Ranks, ImmutableArray<TimelineBar> Bars)
{
    /// <summary>What a row's head has room for.</summary>
    private const int LongestName = 18;

    public bool HasBackground => Bars.Any(bar => bar.IsBackground);

    public double End => Bars.IsEmpty ? 0 : Bars.Max(bar => bar.End);

    public static ImmutableArray<TimelineRow> Of(ExecutionPlan plan, StepPrediction prediction) =>
    [
        .. prediction.Ranks.Select(row =>
        {
            var words = new BarWords(plan, plan.Ranks[row.Rank]);
            return new TimelineRow(
                ShortName(plan, row.Stands),
                RankFold.Words(row.Stands),
                [.. row.Actions.Where(action => action.Seconds > 0).OrderBy(action => action.Start).Select(words.Bar)]);
        }),
    ];

    public static ImmutableArray<TimelineRow> Of(ExecutionPlan plan, MeasuredRun run) =>
    [
        .. run.Ranks.Select(row =>
        {
            var words = new BarWords(plan, plan.Ranks[row.Rank]);
            return new TimelineRow(
                $"rank {row.Rank}", $"rank {row.Rank}", [.. row.Actions.Where(action => action.End > action.Start).Select(words.Bar)]);
        }),
    ];

    /// <summary>Of many ranks that stand at one place of some axes, the place.</summary>
    private static string ShortName(ExecutionPlan plan, ImmutableArray<int> ranks)
    {
        var words = RankFold.Words(ranks);
        var places = plan.Mesh.Axes
            .Where(axis => axis.Degree > 1 && ranks.Select(rank => plan.Mesh.Coordinate(rank, axis.Name)).Distinct().Count() == 1)
            .Select(axis => $"{axis.Name} {plan.Mesh.Coordinate(ranks[0], axis.Name)}")
            .ToArray();
        return words.Length <= LongestName || places.Length == 0
            ? words
            : $"{string.Join(", ", places)}, {ranks.Length} ranks";
    }

    /// <summary>The seconds of one colour, background apart.</summary>
    public double SecondsOf(ActionColor color) => Bars.Where(bar => bar.Color == color && !bar.IsBackground).Sum(bar => bar.Seconds);
}
