using System.Globalization;
using System.Text.RegularExpressions;
using ParDsl.Compiler.Checked;
using ParDsl.Compiler.Data;
using ParDsl.Compiler.Hardware;
using ParDsl.Compiler.Hardware.Known;
using ParDsl.Compiler.Hardware.Performance;
using ParDsl.Compiler.Planning;
using ParDsl.Compiler.Planning.Search;
using ParDsl.Compiler.Plans;
using ParDsl.Compiler.Tests.Costs;
using Xunit;

namespace ParDsl.Compiler.Tests.Planning;

/// <summary>What a search that finds nothing advises: what it has found to be enough, and only what can be done there.</summary>
public sealed partial class SearchRefusalTests
{
    private static readonly HardwarePerformance Fast = Speeds.Of(
        RateCurve.Saturating(50e12, 1e8), new LinkPerformance(50e9, 5e-6), call: 5e-6, memory: RateCurve.Flat(1e12));

    [Fact]
    public void A_greater_accumulation_is_advised_where_it_is_enough()
    {
        var program = Gpt("32");
        var hardware = One(Needed(WithBatch(program, 4)));
        var found = Accumulation().Match(Programs.Refusal(program, hardware).Help);
        Assert.True(found.Success);
        var accumulate = long.Parse(found.Groups[1].Value, CultureInfo.InvariantCulture);
        Assert.Single(Programs.Plan(Accumulating(program, accumulate), hardware).Ranks);
        Assert.Equal("PD4041", Programs.Refusal(Accumulating(program, accumulate / 2), hardware).Code);
    }

    [Fact]
    public void A_greater_accumulation_is_not_advised_where_samples_are_single() => Assert.DoesNotContain(
        "accumulate", Programs.Refusal(Gpt("32"), One(1 << 20)).Help, StringComparison.Ordinal);

    /// <summary>A micro-batch's statistics are part of what is learned.</summary>
    [Fact]
    public void A_greater_accumulation_is_not_advised_to_a_model_with_batch_norm() => Assert.DoesNotContain(
        "accumulate", Programs.Refusal(Programs.Small(batch: 4096, isAuto: true), One(80_000)).Help, StringComparison.Ordinal);

    /// <summary>There a batch has one sample for each micro-batch, however many those are.</summary>
    [Fact]
    public void With_batch_auto_the_batch_is_named_and_no_accumulation_is_advised()
    {
        var refusal = Programs.Refusal(Gpt("auto"), Programs.Gpus(2, 1 << 20) with { Performance = Fast });
        Assert.Equal("PD4041", refusal.Code);
        Assert.Contains("with a batch of 2, where `batch auto` begins", refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("accumulate", refusal.Help, StringComparison.Ordinal);
    }

    /// <summary>What seems to need least by formulas is several schedules of one mesh; what needs least is another mesh.</summary>
    [Theory]
    [InlineData("l4", 2, 3, 2, 512, "batch 32; clip 1; optimizer sgd lr=0.1", 152 << 20)]
    [InlineData("v100", 8, 1, 1, 2048, "batch 96; accumulate 3; optimizer adamw lr=1e-3", 556 << 20)]
    public void A_model_that_one_mesh_holds_is_not_refused(
        string gpu, int count, int machines, int blocks, int length, string training, int bytes)
    {
        var program = Searches.Check(
            $$"""
            data { source text "none.txt" length={{length}} }
            model {
              embedding 128
              positions learned
              repeat {{blocks}} { residual { layer_norm; attention heads=8 causal=true }; residual { layer_norm; linear 512; gelu; linear 128 } }
              layer_norm
              linear vocabulary
            }
            train { loss cross_entropy; epochs 1; precision bfloat16; {{training}} }
            parallel auto
            """,
            new DatasetDescription(Shape.Of(length), length, 1000, 0) { Vocabulary = 32_000 });
        var known = KnownHardware.Find(gpu)!.Machine(count) with { Known = null };
        var small = known with { Gpus = [.. known.Gpus.Select(device => device with { MemoryBytes = bytes })] };
        var hardware = machines == 1 ? small : HardwareSet.Alike(small, machines);
        Assert.All(Programs.Plan(program, hardware).Ranks, rank => Assert.InRange(rank.Memory.TotalBytes, 1, bytes));
    }

    /// <summary>A mesh that replaces a block without its machines would be laid over one of them.</summary>
    [Fact]
    public void An_advised_mesh_can_be_written_as_it_stands()
    {
        var written = Gpts.Of("data 2 bucket=1 KiB; nodes 2", blocks: 2, features: 128, heads: 8, batch: "2");
        var room = new LayoutOptions(written, 2, 2).All
            .Where(option => option.Degrees.Data == 2)
            .Min(option => Searches.Needed(written, option, Programs.Gpus(2))) - 1;
        var help = Programs.Refusal(written, Programs.Gpus(1, room)).Help;
        var block = Block().Match(help).Groups[1].Value;
        Assert.EndsWith("; nodes 2", block, StringComparison.Ordinal);
        var plan = Programs.Plan(Gpts.Of(block, blocks: 2, features: 128, heads: 8, batch: "2"), Programs.Gpus(1, room));
        Assert.EndsWith($"a rank needs {ByteText.Of(plan.Ranks.Max(rank => rank.Memory.TotalBytes))}", help, StringComparison.Ordinal);
    }

    /// <summary>Ranks on cores share what the machine has: it is the machine that is too small.</summary>
    [Fact]
    public void On_cores_machines_are_advised()
    {
        var help = Programs.Refusal(Gpt("32"), Programs.Laptop with { MemoryBytes = 8 << 20, Performance = Fast }).Help;
        Assert.Matches("^[0-9]+ machines like this one would do, and so would a machine with [0-9.]+ MiB", help);
        var count = int.Parse(help[..help.IndexOf(' ', StringComparison.Ordinal)], CultureInfo.InvariantCulture);
        Assert.NotEmpty(Programs.Plan(
            Gpt("32"), HardwareSet.Alike(Programs.Laptop with { MemoryBytes = 8 << 20, Performance = Fast }, count)).Ranks);
    }

    [Theory]
    [InlineData(7, 1, true, "write `batch 70`, which 7 data ranks share evenly, or ask for another number of them: `--gpus N`")]
    [InlineData(7, 5, true, "write `batch 70`, which 35 data ranks share evenly, or ask for another number of them on each machine: `--gpus N`")]
    [InlineData(1, 7, false, "write `batch 70`, which 7 data ranks share evenly, or ask for another number of machines")]
    [InlineData(7, 100, true, "ask for another number of them on each machine: `--gpus N`")]
    public void What_no_devices_share_is_told_with_a_batch_that_they_do(int gpus, int machines, bool isStated, string help)
    {
        var program = Programs.Of([("linear", 5L), ("linear", 4L)], batch: 64, isAuto: true);
        var data = program.Data with { Description = program.Data.Description with { TrainingCount = 500 } };
        var hardware = Speeds.Gpus(gpus, Fast);
        var request = isStated ? Programs.Ask(gpus) : DeviceRequest.Unstated;
        var refusal = Programs.Refusal(
            program with { Data = data }, machines == 1 ? hardware : HardwareSet.Alike(hardware, machines), request);
        Assert.Equal(("PD4040", help), (refusal.Code, refusal.Help));
    }

    [GeneratedRegex("^write `parallel { (.*) }`: then")]
    private static partial Regex Block();

    [GeneratedRegex("smaller micro-batches, by `accumulate ([0-9]+)` in `train`$")]
    private static partial Regex Accumulation();

    private static HardwareDescription One(long bytes) => Programs.Gpus(1, bytes) with { Performance = Fast };

    private static CheckedProgram Gpt(string batch) => Gpts.Of("", blocks: 2, features: 128, heads: 8, batch);

    private static CheckedProgram WithBatch(CheckedProgram program, long batch) =>
        program with { Training = program.Training with { GlobalBatch = batch } };

    private static CheckedProgram Accumulating(CheckedProgram program, long accumulate) =>
        program with { Training = program.Training with { Accumulate = accumulate } };

    private static long Needed(CheckedProgram program) =>
        Programs.Plan(program, Programs.Gpus(1)).Ranks.Max(rank => rank.Memory.TotalBytes);
}
