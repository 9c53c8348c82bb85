using ParDsl.Goldens;
using Xunit;

namespace ParDsl.Cli.Tests;

/// <summary>The pages of a plan and of a run, as files and in a browser of two sizes.</summary>
[Collection(Training.Collection)]
public sealed class PageTests : IDisposable
{
    private readonly Scratch scratch = new();

    public void Dispose() => scratch.Dispose();

    [Fact]
    public void A_page_is_written_instead_of_the_text()
    {
        scratch.Write("a.pd", Specs.Synthetic(parallel: "parallel { data 2 }"));
        var result = Pardsl.Run(scratch.Folder, "plan", "a.pd", "--html", "plan.html");
        Assert.True(result.Exit == 0, result.ToString());
        Assert.Equal("plan.html: a page for the browser\n", result.Output);
        Assert.StartsWith("<!DOCTYPE html>", File.ReadAllText(scratch.At("plan.html")), StringComparison.Ordinal);
        Assert.Equal(["a.pd", "plan.html"], Directory.GetFileSystemEntries(scratch.Folder).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Beside_json_the_page_is_written_too()
    {
        scratch.Write("a.pd", Specs.Synthetic());
        var result = Pardsl.Run(scratch.Folder, "plan", "a.pd", "--json", "--html", "plan.html");
        Assert.StartsWith("{\"event\":\"plan\"", Assert.Single(result.OutputLines), StringComparison.Ordinal);
        Assert.True(File.Exists(scratch.At("plan.html")));
    }

    [Fact]
    public void A_spec_that_is_wrong_leaves_the_page_that_was_there()
    {
        scratch.Write("a.pd", Specs.Synthetic().Replace("linear 2", "linear 3", StringComparison.Ordinal));
        scratch.Write("plan.html", "older");
        var result = Pardsl.Run(scratch.Folder, "plan", "a.pd", "--html", "plan.html");
        Assert.Equal(1, result.Exit);
        Assert.Equal("older", File.ReadAllText(scratch.At("plan.html")));
    }

    [Theory]
    [InlineData(1280, 900)]
    [InlineData(480, 800)]
    public void A_browser_shows_a_plan(int width, int height)
    {
        var spec = Path.Combine(Golden.Root, "examples", "06-gpt", "gpt.pd");
        var result = Pardsl.Run(
            scratch.Folder, "plan", spec, "--gpus", "4", "--set", "parallel.pipeline=2", "--set", "parallel.tensor=2", "--html", "plan.html");
        Assert.True(result.Exit == 0, result.ToString());
        Fits(Browser.Open(scratch.At("plan.html"), width, height), width, "The model on its devices", "Stage 1", "attention", "by heads", "Memory of each rank", "What an update moves");
    }

    [Theory]
    [InlineData(1280, 900)]
    [InlineData(480, 800)]
    public void A_browser_shows_a_runs_report(int width, int height)
    {
        scratch.Write("a.pd", Specs.Synthetic("epochs 3", parallel: "parallel { pipeline 2 microbatches=4 }"));
        var result = Pardsl.Run(scratch.Folder, "run", "a.pd", "--out", "out");
        Assert.True(result.Exit == 0, result.ToString());
        var page = Browser.Open(scratch.At("out/report.html"), width, height);
        Fits(page, width, "Ended after 30 updates.", "The median of ", "Curves", "Measured timeline", "forward of micro-batch 3");
        Assert.Equal("Measured", page.Timeline!.Title);
        Zooms(page.Timeline);
    }

    [Theory]
    [InlineData(1280, 900)]
    [InlineData(480, 800)]
    public void A_browser_shows_a_predicted_timeline(int width, int height)
    {
        var spec = Path.Combine(Golden.Root, "examples", "06-gpt", "gpt.pd");
        var result = Pardsl.Run(
            scratch.Folder, "plan", spec, "--on", "h100:8", "--set", "parallel.data=2", "--set", "parallel.pipeline=4",
            "--set", "parallel.pipeline.microbatches=8", "--html", "plan.html");
        Assert.True(result.Exit == 0, result.ToString());
        var page = Browser.Open(scratch.At("plan.html"), width, height);
        Fits(page, width, "An update over time", "(h100, by its data sheet)", "Predicted time by what it goes to", "forward of micro-batch 7");

        var timeline = page.Timeline!;
        Assert.Equal("Predicted", timeline.Title);
        Assert.Equal(["ranks 0, 4", "ranks 1, 5", "ranks 2, 6", "ranks 3, 7"], timeline.Names);
        Assert.InRange(timeline.Apart, 0, 6);
        Assert.All(timeline.BarCounts, count => Assert.InRange(count, 16, 400));
        Assert.Equal(timeline.Swatches.Length, timeline.Swatches.Distinct().Count());
        Assert.Equal(timeline.Swatches, timeline.Fills);
        Assert.Contains("forward", timeline.Legend);
        Assert.Contains("backward", timeline.Legend);
        Zooms(timeline);
        Assert.True(timeline.ZoomedLabels > 0 && timeline.ZoomedLabels >= timeline.Labels, timeline.ToString());
    }

    [Fact]
    public void Without_a_known_speed_there_is_no_timeline()
    {
        scratch.Write("a.pd", Specs.Synthetic(parallel: "parallel { data 2 }"));
        Assert.Equal(0, Pardsl.Run(scratch.Folder, "plan", "a.pd", "--html", "plan.html").Exit);
        var page = Browser.Open(scratch.At("plan.html"), 1280, 900);
        Assert.Null(page.Timeline);
        Assert.Contains("nothing says how fast this hardware is", page.Dom, StringComparison.Ordinal);
    }

    [Fact]
    public void A_run_that_goes_on_writes_its_report_anew()
    {
        scratch.Write("a.pd", Specs.Synthetic("epochs 4; checkpoint every=10 steps"));
        Assert.Equal(0, Pardsl.Run(scratch.Folder, "run", "a.pd", "--steps", "20", "--out", "out").Exit);
        Assert.Contains("Ended after 20 updates.", File.ReadAllText(scratch.At("out/report.html")), StringComparison.Ordinal);
        var result = Pardsl.Run(scratch.Folder, "run", "a.pd", "--resume", "out");
        Assert.True(result.Exit == 0, result.ToString());
        Assert.Contains("Ended after 40 updates.", File.ReadAllText(scratch.At("out/report.html")), StringComparison.Ordinal);
    }

    [Fact]
    public void A_run_that_fails_has_a_report_of_what_it_did()
    {
        scratch.Write("a.pd", Specs.Synthetic("epochs 50").Replace("adamw lr=0.01", "sgd lr=1e6", StringComparison.Ordinal));
        var result = Pardsl.Run(scratch.Folder, "run", "a.pd", "--out", "out");
        Assert.Equal(3, result.Exit);
        Assert.Contains("Failed after ", File.ReadAllText(scratch.At("out/report.html")), StringComparison.Ordinal);
    }

    private static void Zooms(SeenTimeline timeline)
    {
        Assert.Equal([2, 4, 2], timeline.Zooms.Select(zoom => Math.Round(zoom, 2)));
        Assert.Equal(1, timeline.Fit, 0.01);
    }

    private static void Fits(SeenPage page, int width, params string[] words)
    {
        Assert.Equal("", page.Errors);
        Assert.Equal(width, page.WindowWidth);
        Assert.InRange(page.ContentWidth, 1, page.WindowWidth);
        Assert.All(words, word => Assert.Contains(word, page.Dom, StringComparison.Ordinal));
    }
}
