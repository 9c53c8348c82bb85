using System.Collections.Immutable;
using ParDsl.Compiler.Costs;
using ParDsl.Compiler.Plans;
using ParDsl.Compiler.Printing.Pages;
using ParDsl.Compiler.Printing.Pages.Runs;
using Xunit;

namespace ParDsl.Compiler.Tests.Printing.Pages;

public sealed class ReportPageTests
{
    private static readonly ExecutionPlan Plan = PagePlans.Mesh.Value;

    private static readonly MeasuredRun Run = new("Ended after 460 updates.", 437, 20e-3, 3200)
    {
        Ranks = [Rank(0), Rank(1)],
        TimedUpdate = 14,
        AllocatedBytes = 3 << 20,
        Curves =
        [
            new Curve("loss", [Line(CurveKind.Updates, 2000), Line(CurveKind.Training, 20), Line(CurveKind.Validation, 20)]),
            new Curve("learning rate", [Line(CurveKind.Updates, 1)]),
            new Curve("nothing", [Line(CurveKind.Updates, 0)]),
        ],
    };

    private static readonly Lazy<Page> Report = new(() => new Page(PlanPage.Write(Plan, Run)));

    [Fact]
    public void Measured_stands_beside_predicted()
    {
        var rows = Report.Value.Table("measured", "The median of 437 updates");
        Assert.Equal(["time of an update", "samples a second"], rows.Select(row => row[0]));
        Assert.Equal("20.0 ms", rows[0][2]);
        Assert.Equal("3,200", rows[1][2]);
        Assert.Matches(@"^[+-]\d+\.\d %$", rows[0][3]);
        Assert.Contains("Ended after 460 updates.", Report.Value.All("header").Single().Value, StringComparison.Ordinal);
    }

    [Fact]
    public void Measured_memory_stands_beside_predicted()
    {
        var row = Assert.Single(Report.Value.Table("measured", "The most that all ranks had allocated"));
        Assert.Equal(["memory", ByteText.Of(HeldTogether.Bytes(Plan)), "3 MiB"], row[..3]);
        Assert.Matches(@"^[+-]\d+\.\d %$", row[3]);
        var without = new Page(PlanPage.Write(Plan, Run with { AllocatedBytes = null }));
        Assert.DoesNotContain("allocated", without.Section("measured").Value, StringComparison.Ordinal);
    }

    [Fact]
    public void Both_timelines_are_drawn_to_one_scale()
    {
        Assert.Equal(2, Report.Value.All("svg", "bars").Length);
        Assert.Contains("Update 14.", Report.Value.Section("timeline").Value, StringComparison.Ordinal);
        Assert.Contains("first process", Report.Value.Section("timeline").Value, StringComparison.Ordinal);
        var titles = Report.Value.All("title").Select(title => title.Value);
        Assert.Contains("forward of micro-batch 0: at the start for 10.0 ms", titles);
    }

    [Fact]
    public void A_curve_without_points_is_left_out_and_one_with_thousands_is_thinned()
    {
        Assert.Equal(["loss", "learning rate"], Report.Value.All("figcaption").Select(caption => caption.Elements().First().Value));
        var way = Report.Value.All("path", "each").First(path => !path.Attribute("class")!.Value.Contains("dot", StringComparison.Ordinal)).Attribute("d")!.Value;
        Assert.InRange(way.Count(letter => letter is 'M' or 'L'), 400, 800);
    }

    [Fact]
    public void Epochs_are_a_table_too()
    {
        var rows = Report.Value.Table("curves", "Epochs");
        Assert.Equal(20, rows.Length);
        Assert.Equal(["1", "1.0000", "1.0000"], rows[0]);
    }

    [Fact]
    public void A_run_that_nothing_was_timed_of_says_so()
    {
        var page = new Page(PlanPage.Write(Plan with { Prediction = null }, new MeasuredRun("Failed after 1 update: <&>", 0, null, null)));
        Assert.Contains("Too few updates", page.Section("measured").Value, StringComparison.Ordinal);
        Assert.False(page.Has("curves"));
        Assert.Contains("Failed after 1 update: <&>", page.All("header").Single().Value, StringComparison.Ordinal);
    }

    [Fact]
    public void Values_of_one_size_are_a_curve() => Assert.NotEmpty(
        new Page(PlanPage.Write(Plan, Run with { Curves = [new Curve("zero", [new CurveLine("each update", CurveKind.Updates, [new(3, 0), new(4, 0)])])] }))
            .All("figure"));

    private static MeasuredRank Rank(int rank) => new(
        rank, [new(new PlanAction.Forward(0, 0), 0, 10e-3), new(new PlanAction.Backward(0, 0), 10e-3, 18e-3), new(new PlanAction.Step(), 18e-3, 19e-3)]);

    private static CurveLine Line(CurveKind kind, int count) => new(
        kind.ToString(), kind, [.. Enumerable.Range(1, count).Select(update => new CurvePoint(update, 1.0 / update))]);
}
