using System.Globalization;
using System.Text.RegularExpressions;
using ParDsl.Compiler.Checked;
using ParDsl.Compiler.Hardware;
using ParDsl.Compiler.Plans;
using Xunit;

namespace ParDsl.Compiler.Tests.Planning;

/// <summary>What is advised where a model does not fit: a block that can be written as it stands, or how many devices would do.</summary>
public sealed partial class MemoryAdviceTests
{
    [Theory]
    [InlineData(8, 0.99, "data 8; shard optimizer")]
    [InlineData(8, 0.5, "data 8; recompute all")]
    [InlineData(8, 0.35, "data 8; shard optimizer; recompute all")]
    [InlineData(8, 0.2, "data 4; pipeline 2 microbatches=8 schedule=1f1b; recompute all")]
    [InlineData(1, 0.9, "data 1; recompute all")]
    [InlineData(0, 0.9, "data 1; recompute all")]
    public void Without_a_block_a_whole_one_is_advised(int gpus, double share, string block)
    {
        var hardware = Of(gpus, 16L << 30);
        var needed = Needed(Programs.Plan(Gpt(""), hardware));
        var narrow = Of(gpus, (long)(share * needed));
        var refusal = Programs.Refusal(Gpt(""), narrow);
        Assert.Equal("PD4008", refusal.Code);
        var advice = Advice().Match(refusal.Help);
        Assert.True(advice.Success, refusal.Help);
        Assert.Equal(block, advice.Groups["block"].Value);
        var plan = Programs.Plan(Gpt(advice.Groups["block"].Value), narrow);
        Assert.Equal(advice.Groups["bytes"].Value, ByteText.Of(Needed(plan)));
    }

    [Fact]
    public void A_block_stands_beside_smaller_micro_batches()
    {
        var both = Needed(Programs.Plan(Gpt("data 1; recompute all", "accumulate 32"), Of(1, 16L << 30)));
        Assert.Equal(
            $"write `parallel {{ data 1; recompute all }}` and `accumulate 32` in `train`: then a rank needs {ByteText.Of(both)}",
            Programs.Refusal(Gpt(""), Of(1, both)).Help);
    }

    /// <summary>The least machines for which <c>parallel auto</c> finds a layout: it does not for half as many.</summary>
    [Fact]
    public void What_no_layout_of_the_devices_holds_is_told_how_many_would()
    {
        var narrow = Of(2, Needed(Programs.Plan(Gpt("data 2"), Of(2, 16L << 30))) / 40) with { Performance = Searches.Workstation };
        var refusal = Programs.Refusal(Gpt("data 2"), narrow);
        Assert.Equal("PD4008", refusal.Code);
        var found = Devices().Match(refusal.Help);
        Assert.True(found.Success, refusal.Help);
        var machines = int.Parse(found.Groups["count"].ValueSpan, CultureInfo.InvariantCulture) / 2;
        Assert.NotEmpty(Programs.Plan(Gpt(""), HardwareSet.Alike(narrow, machines)).Candidates);
        Assert.Equal("PD4041", Programs.Refusal(Gpt(""), machines == 2 ? narrow : HardwareSet.Alike(narrow, machines / 2)).Code);
    }

    /// <summary>Not even a sample's activations of one layer.</summary>
    [Fact]
    public void What_thousands_of_devices_do_not_hold_needs_larger_ones() => Assert.Equal(
        "no layout of as many ranks holds it here: take devices with more memory",
        Programs.Refusal(Gpt("data 2"), Of(2, 1 << 10) with { Performance = Searches.Workstation }).Help);

    [GeneratedRegex("^no layout of as many ranks holds it here: take (?<count>\\d+) devices like these, with `parallel auto`, or devices with more memory$")]
    private static partial Regex Devices();

    [GeneratedRegex("^write `parallel { (?<block>[^}]*) }`: then a rank needs (?<bytes>.*)$")]
    private static partial Regex Advice();

    private static HardwareDescription Of(int gpus, long memory) =>
        gpus > 0 ? Programs.Gpus(gpus, memory) : Programs.Laptop with { MemoryBytes = memory };

    private static long Needed(ExecutionPlan plan) => plan.Ranks.Max(rank => rank.Memory.TotalBytes);

    private static CheckedProgram Gpt(string layout, string more = "") =>
        Gpts.Of(layout, blocks: 8, features: 64, heads: 4, batch: "32", more);
}
