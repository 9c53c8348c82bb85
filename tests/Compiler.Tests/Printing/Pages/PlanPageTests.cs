using System.Collections.Immutable;
using System.Text;
using ParDsl.Compiler.Costs;
using ParDsl.Compiler.Plans;
using ParDsl.Compiler.Printing.Pages;
using ParDsl.Compiler.Tests.Planning;
using ParDsl.Source;
using Xunit;

namespace ParDsl.Compiler.Tests.Printing.Pages;

public sealed class PlanPageTests
{
    private static readonly Lazy<Page> Mesh = new(() => new Page(PlanPage.Write(PagePlans.Mesh.Value)));
    private static readonly Lazy<Page> Thousands = new(() => new Page(PlanPage.Write(PagePlans.Thousands.Value)));

    [Fact]
    public void One_plan_gives_one_page() => Assert.Equal(Mesh.Value.Text, PlanPage.Write(PagePlans.Mesh.Value));

    [Fact]
    public void It_needs_nothing_beside_itself()
    {
        Assert.DoesNotContain("url(", Mesh.Value.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("import", Mesh.Value.All("script").Single().Value, StringComparison.Ordinal);
        Assert.Empty(Mesh.Value.All("link"));
        Assert.All(
            Mesh.Value.All("script").Concat(Mesh.Value.All("svg")).Concat(Mesh.Value.All("style")),
            element => Assert.DoesNotContain(element.Attributes(), attribute => attribute.Name.LocalName is "src" or "href"));
    }

    [Fact]
    public void What_users_wrote_is_text()
    {
        var plan = PagePlans.Gpt("data 2", 2, name: "<script>alert(1)<b>&\"'\u0001");
        var page = new Page(PlanPage.Write(plan with { Notes = ["<b>"] }));
        Assert.Single(page.All("script"));
        Assert.Empty(page.All("b"));
        Assert.Equal("<script>alert(1)<b>&\"'\uFFFD", page.All("h1").Single().Value);
    }

    [Fact]
    public void Its_head_says_what_is_planned_for_what()
    {
        var facts = Mesh.Value.All("dl").Single().Value;
        Assert.Contains("data 2 \u00D7 pipeline 2 \u00D7 tensor 2", facts, StringComparison.Ordinal);
        Assert.Contains("4 micro-batches x 2 data ranks x 8 samples", facts, StringComparison.Ordinal);
        Assert.Contains("predicted update", facts, StringComparison.Ordinal);
        Assert.Equal("gpt", Mesh.Value.All("h1").Single().Value);
    }

    [Fact]
    public void Every_table_has_a_caption_or_a_title_and_headers()
    {
        var tables = Mesh.Value.All("table");
        Assert.True(tables.Length >= 5);
        Assert.All(tables, table => Assert.All(
            table.Descendants().Where(cell => cell.Name.LocalName == "th"), header => Assert.NotNull(header.Attribute("scope"))));
    }

    [Fact]
    public void Every_stage_has_its_layers_and_its_devices()
    {
        Assert.Equal(["Stage 0", "Stage 1"], Mesh.Value.All("div", "stage").Select(stage => stage.Elements().First().Value));
        Assert.Equal(8, Mesh.Value.All("ul", "devices").Sum(list => list.Elements().Count()));
        var layers = Mesh.Value.All("tr", "layer").Select(row => row.Elements().First().Value).ToArray();
        Assert.Equal("embedding", layers[0]);
        Assert.Contains("attention", layers);
        Assert.Contains("by heads", Mesh.Value.Section("model").Value, StringComparison.Ordinal);
        Assert.NotEmpty(Mesh.Value.All("path", "skip"));
    }

    [Fact]
    public void Blocks_that_repeat_are_shown_once()
    {
        var page = new Page(PlanPage.Write(PagePlans.Gpt("data 2", 2, blocks: 48)));
        Assert.InRange(page.All("tr", "layer").Length, 10, 16);
        Assert.StartsWith("48 \u00D7 the marked layers", Assert.Single(page.All("tr", "head")).Value, StringComparison.Ordinal);
    }

    [Fact]
    public void A_bar_says_its_action_its_start_and_how_long_it_takes()
    {
        var prediction = PagePlans.Mesh.Value.Prediction!;
        var titles = Mesh.Value.Section("timeline").Descendants().Where(element => element.Name.LocalName == "title").Select(title => title.Value).ToArray();
        Assert.Equal(prediction.Ranks.Sum(rank => rank.Actions.Count(action => action.Seconds > 0)), titles.Length);
        var forward = prediction.Ranks[0].Actions.First(action => action is { Action: PlanAction.Forward { MicroBatch: 1 }, Work: TimedWork.Pass });
        Assert.Contains(
            $"forward of micro-batch 1: at {SecondsText.Of(forward.Start)} for {SecondsText.Of(forward.Seconds)}", titles);
    }

    [Fact]
    public void The_time_of_each_row_is_in_a_table_too()
    {
        var rows = Mesh.Value.Table("timeline", "Predicted time");
        Assert.Equal(["ranks 0-1, 4-5", "ranks 2-3, 6-7"], rows.Select(row => row[0]));
        Assert.All(rows, row => Assert.EndsWith("s", row[^1], StringComparison.Ordinal));
    }

    [Fact]
    public void Without_a_speed_the_page_says_what_gives_one()
    {
        var page = new Page(PlanPage.Write(Programs.Plan(Programs.Small(degree: 4), Programs.Laptop)));
        Assert.Empty(page.All("svg", "bars"));
        Assert.Contains("pardsl devices --calibrate", page.Section("timeline").Value, StringComparison.Ordinal);
    }

    [Fact]
    public void Memory_is_told_by_what_it_holds()
    {
        var memory = PagePlans.Mesh.Value.Ranks[0].Memory;
        var row = Mesh.Value.Table("memory", "Memory by")[0];
        Assert.Contains(ByteText.Of(memory.TotalBytes), row);
        Assert.Contains(ByteText.Of(memory.MasterBytes), row);
        Assert.NotEmpty(Mesh.Value.All("rect", "optimizer"));
    }

    [Fact]
    public void Layouts_that_were_compared_are_there_with_what_binds_or_forbids_them()
    {
        Assert.False(Mesh.Value.Has("candidates"));
        var place = new SourceSpan(new SourceFile("gpt.pd", "a\nb"), 2, 1);
        ImmutableArray<LayoutCandidate> candidates =
        [
            new("data 8", 2e-3, 1 << 20, "computing", "", SourceSpan.Nowhere),
            new("data 4; tensor 2", 3e-3, 1 << 19, "moving values between tensor ranks", "", SourceSpan.Nowhere),
            new("tensor 8", null, 0, "", "12 heads do not divide by 8", place),
        ];
        var page = new Page(PlanPage.Write(PagePlans.Mesh.Value with { Candidates = candidates }));
        Assert.Equal(
            [["data 8", "2.00 ms", "0 %", "32,000", "1 MiB", "computing"], ["data 4; tensor 2", "3.00 ms", "+50.0 %", "21,333", "512 KiB", "moving values between tensor ranks"]],
            page.Table("candidates", "Those that can run"));
        Assert.Equal([["tensor 8", "12 heads do not divide by 8", "gpt.pd:2"]], page.Table("candidates", "Those that cannot run"));
    }

    [Fact]
    public void What_moves_is_told_by_group_by_message_and_by_rank()
    {
        Assert.Equal(
            ByteText.Of(UpdateTraffic.Of(PagePlans.Mesh.Value, PagePlans.Mesh.Value.Ranks[0]).TotalBytes),
            Mesh.Value.Table("traffic", "By each rank")[0][^1]);
        Assert.Contains(Mesh.Value.Table("traffic", "Collectives"), row => row[0] == "tensor");
        Assert.NotEmpty(Mesh.Value.Table("traffic", "Messages"));
    }

    [Fact]
    public void Many_buckets_are_one_row_with_their_sizes()
    {
        var page = new Page(PlanPage.Write(PagePlans.Gpt("data 2 bucket=1 MiB; shard optimizer", 2)));
        var row = Assert.Single(page.Table("traffic", "Collectives"), row => row[2].StartsWith("reduce-scatter of buckets 0 to ", StringComparison.Ordinal));
        Assert.Contains(" to ", row[4], StringComparison.Ordinal);
    }

    [Fact]
    public void Thousands_of_ranks_stay_a_page()
    {
        Assert.Equal(4096, PagePlans.Thousands.Value.Ranks.Length);
        Assert.InRange(Encoding.UTF8.GetByteCount(Thousands.Value.Text), 100_000, 3_000_000);
        Assert.Equal(32, Thousands.Value.Table("timeline", "Predicted time").Length);
        Assert.Contains("are drawn as one", Thousands.Value.Section("timeline").Value, StringComparison.Ordinal);
        Assert.Contains("512 machines", Thousands.Value.All("dl").Single().Value, StringComparison.Ordinal);
    }

    [Fact]
    public void Merging_bars_keeps_where_they_begin_and_end()
    {
        var xs = Thousands.Value.All("svg", "bars").Single().Elements().Where(element => element.Name.LocalName == "g").ToArray();
        Assert.Equal(32, xs.Length);
        Assert.All(xs, row => Assert.NotEmpty(row.Elements()));
    }
}
