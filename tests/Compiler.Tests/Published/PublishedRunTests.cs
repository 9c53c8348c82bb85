using ParDsl.Goldens;
using Xunit;

namespace ParDsl.Compiler.Tests.Published;

/// <summary>
/// Predictions against runs that others measured: the sections of docs/planner-accuracy.md are what the planner says now, and
/// their errors stay what was promised.
/// </summary>
public sealed class PublishedRunTests
{
    private const string Page = "docs/planner-accuracy.md";
    private const string Times = "runs";
    private const string Peaks = "peaks of memory";

    private static readonly PublishedRuns All = PublishedRuns.Read();

    private static readonly Lazy<IReadOnlyList<RunPrediction>> Predictions = new(() => [.. All.Runs.Select(RunPrediction.Of)]);

    [Fact]
    public void The_page_says_of_times_what_the_planner_says() => CheckSection(Times, AccuracyTable.Of(All, Predictions.Value));

    [Fact]
    public void The_page_says_of_memory_what_the_planner_says() => CheckSection(Peaks, MemoryTable.Of(All, Predictions.Value));

    [Fact]
    public void The_median_error_of_the_runs_that_nothing_is_fitted_on_is_at_most_20_percent() =>
        Assert.InRange(AccuracyTable.Median(
        Predictions.Value.Where(prediction => prediction.Run is { Fitted: false, Seconds: > 0 }).Select(prediction => prediction.Error)), 0, 0.20);

    [Fact]
    public void The_median_error_of_memory_is_at_most_20_percent() => Assert.InRange(AccuracyTable.Median(
        Predictions.Value.Where(prediction => prediction.Run.MemoryGib > 0).Select(prediction => prediction.MemoryError)), 0, 0.20);

    [Fact]
    public void Every_run_has_a_figure() =>
        Assert.All(All.Runs, run => Assert.True(run.Seconds > 0 || run.MemoryGib > 0, $"{run.Model} on {run.On} has no figure"));

    [Fact]
    public void No_more_than_two_runs_are_fitted_on() => Assert.InRange(All.Runs.Count(run => run.Fitted), 1, 2);

    [Fact]
    public void Every_run_has_its_source_and_every_source_a_run() =>
        Assert.Equal(All.Sources.Keys, All.Runs.Select(run => run.Source).Distinct().Order(StringComparer.Ordinal));

    [Fact]
    public void A_spec_has_the_parameters_of_its_model() => Assert.All(
        Predictions.Value.Where(prediction => prediction.Run.Parameters > 0),
        prediction => Assert.InRange((double)prediction.Plan.ParameterCount / prediction.Run.Parameters, 0.999, 1.001));

    private static void CheckSection(string name, string table)
    {
        var (begin, end) = ($"<!-- published {name}: made by PublishedRunTests -->\n", $"<!-- end of published {name} -->\n");
        var text = File.ReadAllText(Path.Combine(Golden.Root, Page)).ReplaceLineEndings("\n");
        var (first, last) = (text.IndexOf(begin, StringComparison.Ordinal), text.IndexOf(end, StringComparison.Ordinal));
        Assert.True(first >= 0 && last > first, $"{Page} has no section between {begin}and {end}");
        Golden.CheckFile(Page, $"{text[..(first + begin.Length)]}\n{table}\n{text[last..]}");
    }
}
