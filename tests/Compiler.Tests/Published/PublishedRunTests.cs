using ParDsl.Goldens;
using Xunit;

namespace ParDsl.Compiler.Tests.Published;

/// <summary>
/// Predictions against runs that others measured: the section of docs/planner-accuracy.md is what the planner says now, and its
/// error stays what was promised.
/// </summary>
public sealed class PublishedRunTests
{
    private const string Page = "docs/planner-accuracy.md";
    private const string Begin = "<!-- published runs: made by PublishedRunTests -->\n";
    private const string End = "<!-- end of published runs -->\n";

    private static readonly PublishedRuns All = PublishedRuns.Read();

    private static readonly Lazy<IReadOnlyList<RunPrediction>> Predictions = new(() => [.. All.Runs.Select(RunPrediction.Of)]);

    [Fact]
    public void The_page_says_what_the_planner_says()
    {
        var text = File.ReadAllText(Path.Combine(Golden.Root, Page)).ReplaceLineEndings("\n");
        var (begin, end) = (text.IndexOf(Begin, StringComparison.Ordinal), text.IndexOf(End, StringComparison.Ordinal));
        Assert.True(begin >= 0 && end > begin, $"{Page} has no section between {Begin}and {End}");
        Golden.CheckFile(Page, $"{text[..(begin + Begin.Length)]}\n{AccuracyTable.Of(All, Predictions.Value)}\n{text[end..]}");
    }

    [Fact]
    public void The_median_error_of_the_runs_that_nothing_is_fitted_on_is_at_most_20_percent() =>
        Assert.InRange(AccuracyTable.Median(Predictions.Value.Where(prediction => !prediction.Run.Fitted)), 0, 0.20);

    [Fact]
    public void No_more_than_two_runs_are_fitted_on() => Assert.InRange(All.Runs.Count(run => run.Fitted), 1, 2);

    [Fact]
    public void Every_run_has_its_source_and_every_source_a_run() =>
        Assert.Equal(All.Sources.Keys, All.Runs.Select(run => run.Source).Distinct().Order(StringComparer.Ordinal));

    [Fact]
    public void A_spec_has_the_parameters_of_its_model() => Assert.All(
        Predictions.Value.Where(prediction => prediction.Run.Parameters > 0),
        prediction => Assert.InRange((double)prediction.Plan.ParameterCount / prediction.Run.Parameters, 0.999, 1.001));
}
