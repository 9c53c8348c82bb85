using System.Collections.Immutable;
using System.Globalization;

namespace ParDsl.Accuracy;

/// <summary>How the planner's own choice does beside the layouts that were measured.</summary>
internal static class AutoSummary
{
    /// <summary>What the choice may be slower by: rounds differ by as much.</summary>
    private const double Near = 0.1;

    public static string Of(ImmutableArray<ComparedCase> cases)
    {
        var lines = cases
            .Where(each => each.Measured.Layout == MeasuredLayouts.Auto)
            .Select(choice => (Choice: Quickest(cases, choice, isSame: true), Best: Quickest(cases, choice, isSame: false)))
            .ToImmutableArray();
        var fastest = lines.Count(IsFastest);
        var near = lines.Count(line => line.Choice.Measured.StepSeconds <= (1 + Near) * line.Best.Measured.StepSeconds);
        return string.Join('\n',
        [
            $"- `parallel auto`: its choice is the fastest measured in {fastest} of {lines.Length} examples, "
                + string.Create(CultureInfo.InvariantCulture, $"and within {Near:P0} of it in {near}:"),
            .. lines.Select(line => string.Create(
                CultureInfo.InvariantCulture,
                $"  - {line.Choice.Measured.Example}: `{line.Choice.Words}`, {1000 * line.Choice.Measured.StepSeconds:0.00} ms; "
                    + $"the fastest measured is `{line.Best.Words}` with {1000 * line.Best.Measured.StepSeconds:0.00} ms")),
        ]);
    }

    private static bool IsFastest((ComparedCase Choice, ComparedCase Best) line) => line.Choice.Words == line.Best.Words;

    /// <summary>Of an example's layouts; the same one may be there twice, once as what auto had chosen.</summary>
    /// <param name="isSame">Only of the choice's.</param>
    private static ComparedCase Quickest(ImmutableArray<ComparedCase> cases, ComparedCase choice, bool isSame) => cases
        .Where(each => each.Measured.Example == choice.Measured.Example && (!isSame || each.Words == choice.Words))
        .MinBy(each => each.Measured.StepSeconds)!;
}
