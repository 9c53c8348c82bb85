using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using ParDsl.Compiler.Checked;
using ParDsl.Compiler.Checking;
using ParDsl.Compiler.Costs;
using ParDsl.Compiler.Data;
using ParDsl.Compiler.Hardware;
using ParDsl.Compiler.Hardware.Performance;
using ParDsl.Compiler.Planning;
using ParDsl.Compiler.Planning.Search;
using ParDsl.Compiler.Plans;
using ParDsl.Compiler.Tests.Costs;
using ParDsl.Parsing;
using ParDsl.Source;
using Xunit;

namespace ParDsl.Compiler.Tests.Planning;

/// <summary><c>parallel auto</c> on hardware whose speed is known.</summary>
public sealed class SearchTests
{
    /// <summary>Links that are slow beside the products, so that layouts differ.</summary>
    private static readonly HardwarePerformance Workstation = Speeds.Of(
        RateCurve.Saturating(50e12, 1e8), new LinkPerformance(50e9, 5e-6), new LinkPerformance(5e9, 20e-6), 5e-6, RateCurve.Flat(1e12));

    [Theory]
    [InlineData("data 4")]
    [InlineData("data 4; shard parameters")]
    [InlineData("data 2; pipeline 2 microbatches=4; shard optimizer")]
    [InlineData("pipeline 4 microbatches=8 schedule=zero_bubble")]
    [InlineData("pipeline 2 microbatches=4 schedule=interleaved chunks=2; tensor 2")]
    [InlineData("data 2; pipeline 2 microbatches=2; tensor 2; recompute all")]
    [InlineData("pipeline 2 microbatches=4 schedule=gpipe; tensor 2 sequence=true")]
    public void A_trial_tells_what_the_whole_plan_tells(string layout)
    {
        var program = Gpt(layout);
        var count = Degrees(program).WorldSize;
        var hardware = Speeds.Gpus(count, Workstation);
        var plan = Programs.Plan(program, hardware);
        var trial = LayoutTrial.Of(program, Degrees(program), hardware.Gpus);
        Assert.All(trial.Ranks, rank => Assert.Equal(plan.Ranks[rank.Rank].Memory, rank.Memory));
        Assert.All(trial.Ranks, rank => Assert.Equal(plan.Ranks[rank.Rank].Update.Length, rank.Update.Length));
        Assert.Equal(plan.Prediction!.Seconds, Simulated(trial), 12);
    }

    [Fact]
    public void The_fastest_of_all_layouts_is_found()
    {
        var program = Gpt("");
        var hardware = Speeds.Gpus(8, Workstation);
        var plan = Programs.Plan(program, hardware);
        var options = new LayoutOptions(program, 8, 8).All;
        Assert.InRange(options.Length, 100, 5000);
        var best = options.Min(option => Seconds(program, option, hardware));
        Assert.InRange(plan.Prediction!.Seconds, best, best * 1.02);
        Assert.Equal(plan.Candidates[0].StepSeconds!.Value, plan.Prediction!.Seconds, 12);
        Assert.Equal(
            plan.Candidates.Where(Fits).Select(candidate => candidate.StepSeconds).Order(),
            plan.Candidates.Where(Fits).Select(candidate => candidate.StepSeconds));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(6)]
    [InlineData(8)]
    public void Every_option_is_a_layout_that_the_planner_takes(int ranks)
    {
        foreach (var program in (CheckedProgram[])[Gpt(""), Programs.Small(batch: 48, isAuto: true), Programs.Small(batch: 48, accumulate: 3)])
        {
            Assert.All(new LayoutOptions(program, ranks, ranks).All, option => Assert.Empty(
                LayoutFit.Mistakes(program with { Parallel = option.Request(program.Parallel) }, option.Degrees)));
        }
    }

    [Fact]
    public void What_does_not_fit_is_not_taken()
    {
        var roomy = Programs.Plan(Gpt(""), Speeds.Gpus(8, Workstation));
        var needed = roomy.Ranks.Max(rank => rank.Memory.TotalBytes);
        var narrow = Programs.Gpus(8, needed / 2) with { Performance = Workstation };
        var plan = Programs.Plan(Gpt(""), narrow);
        Assert.All(plan.Ranks, rank => Assert.InRange(rank.Memory.TotalBytes, 1, needed / 2));
        Assert.NotEqual(roomy.Candidates[0].Layout, plan.Candidates[0].Layout);
    }

    /// <summary>A convolution keeps its input, which the activation before it keeps as its output: one tensor, not two.</summary>
    [Fact]
    public void The_fastest_layout_is_found_where_it_just_fits()
    {
        var program = Convolutions();
        var roomy = Programs.Plan(program, Speeds.Gpus(8, Workstation));
        var needed = roomy.Ranks.Max(rank => rank.Memory.TotalBytes);
        var narrow = Programs.Plan(program, Programs.Gpus(8, needed + 1) with { Performance = Workstation });
        Assert.Equal(roomy.Candidates[0], narrow.Candidates[0]);
    }

    [Fact]
    public void A_model_that_fits_in_no_layout_says_what_would_do()
    {
        var refusal = Programs.Refusal(Gpt(""), Programs.Gpus(2, 2 << 20) with { Performance = Workstation });
        Assert.Equal("PD4041", refusal.Code);
        Assert.Contains("devices like these would do", refusal.Help);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(6)]
    [InlineData(8)]
    public void What_is_said_to_do_does(int mebibytes)
    {
        var machine = Programs.Gpus(2, (long)mebibytes << 20) with { Performance = Workstation };
        var help = Programs.Refusal(Gpt(""), machine).Help;
        var count = int.Parse(help[..help.IndexOf(' ', StringComparison.Ordinal)], CultureInfo.InvariantCulture);
        var enough = Programs.Plan(Gpt(""), HardwareSet.Alike(machine, count / 2));
        Assert.Equal(count, enough.Ranks.Length);
    }

    /// <summary>Where one layer is most of a model, to shard it means to hold it whole for a while.</summary>
    [Fact]
    public void The_layout_that_needs_least_is_named_where_none_fits()
    {
        var program = Programs.Of([("linear", 8192L), ("linear", 8192L), ("linear", 4L)], batch: 8, isAuto: true);
        var hardware = Programs.Gpus(8, 1 << 20) with { Performance = Workstation };
        var least = new LayoutOptions(program, 8, 8).All.MinBy(option => Needed(program, option, hardware))!;
        Assert.Contains($"the one that needs least is `{least.Words}`", Programs.Refusal(program, hardware).Message);
    }

    [Fact]
    public void A_model_beyond_64_bits_is_refused_as_in_a_written_layout() => Assert.Equal(
        "PD4009",
        Programs.Refusal(Programs.Of([("linear", 1L << 30), ("linear", 1L << 31)], isAuto: true), Speeds.Gpus(2, Workstation)).Code);

    [Fact]
    public void What_cannot_be_is_named_with_its_reason()
    {
        var plan = Programs.Plan(Gpt(""), Speeds.Gpus(16, Workstation));
        var refused = Assert.Single(plan.Candidates, candidate => candidate.Layout == "tensor 16");
        Assert.Contains("heads", refused.Rejection);
        Assert.Null(refused.StepSeconds);
    }

    /// <summary>
    /// Where forward and backward passes take turns, each micro-batch waits for a message there and back; where all forward
    /// passes come first, they do not.
    /// </summary>
    [Fact]
    public void Over_slow_links_gpipe_is_faster_than_1f1b()
    {
        var slow = Speeds.Of(RateCurve.Flat(1e13), new LinkPerformance(1e12, 2e-3));
        var seconds = ((string[])["gpipe", "1f1b"]).ToDictionary(
            schedule => schedule,
            schedule => Programs.Plan(Gpt($"pipeline 4 microbatches=16 schedule={schedule}"), Speeds.Gpus(4, slow)).Prediction!.Seconds);
        Assert.True(seconds["gpipe"] < 0.9 * seconds["1f1b"]);
    }

    [Fact]
    public void Dividing_the_sequence_is_compared_where_a_model_has_one()
    {
        Assert.Contains(new LayoutOptions(Gpt(""), 8, 8).All, option => option.DividesSequence);
        Assert.DoesNotContain(new LayoutOptions(Gpt(""), 8, 8, isOnCores: true).All, option => option.DividesSequence);
        var flat = Programs.Of([("linear", 64L), ("linear", 4L)], isAuto: true);
        Assert.DoesNotContain(new LayoutOptions(flat, 8, 8).All, option => option.DividesSequence);
        Assert.DoesNotContain(new LayoutOptions(flat, 8, 8).Refused, refused => refused.Layout.Contains("sequence", StringComparison.Ordinal));
    }

    [Fact]
    public void Tensor_ranks_reach_over_machines_only_where_nothing_else_holds_the_model()
    {
        var machines = HardwareSet.Alike(Speeds.Gpus(2, Workstation), 4);
        var within = Programs.Plan(Gpts.Of("", blocks: 1, features: 1024, heads: 8, batch: "1"), machines);
        Assert.InRange(within.Mesh.Degree(MeshAxis.Tensor), 1, 2);

        // One block of one sample: no replicas, few stages; only more tensor ranks make the parts smaller.
        var narrow = HardwareSet.Alike(Programs.Gpus(2, Smallest(tensor: 2) - 1) with { Performance = Workstation }, 4);
        var over = Programs.Plan(Gpts.Of("", blocks: 1, features: 1024, heads: 8, batch: "1"), narrow);
        Assert.InRange(over.Mesh.Degree(MeshAxis.Tensor), 4, 8);
        Assert.Contains(over.Notes, note => note.Contains("reaches over machines", StringComparison.Ordinal));
    }

    /// <summary>What the layouts of eight ranks of two a machine need at least, with so many tensor ranks at most.</summary>
    private static long Smallest(int tensor)
    {
        var program = Gpts.Of("", blocks: 1, features: 1024, heads: 8, batch: "1");
        return new LayoutOptions(program, 8, tensor).All.Min(option => LayoutTrial
            .Of(program with { Parallel = option.Request(program.Parallel) }, option.Degrees, Speeds.Gpus(8, Workstation).Gpus)
            .Ranks.Max(rank => rank.Memory.TotalBytes));
    }

    /// <summary>The statistics of a micro-batch are part of what is learned.</summary>
    [Fact]
    public void A_model_with_batch_norm_keeps_its_micro_batches()
    {
        var program = Programs.Small(batch: 64, isAuto: true);
        Assert.All(new LayoutOptions(program, 4, 4).All, option => Assert.Equal(1, option.MicroBatches));
    }

    /// <summary>Of 12 ranks on machines of 6, the second four would be on two machines.</summary>
    [Fact]
    public void Tensor_ranks_stay_within_a_machine()
    {
        var options = new LayoutOptions(Gpt(""), 12, 6).All;
        Assert.Equal([1, 2], options.Select(option => option.Degrees.Tensor).Distinct().Order());
    }

    /// <summary>An estimate that is too high would leave out what fits.</summary>
    [Fact]
    public void No_estimate_of_memory_is_above_what_a_layout_needs_by_more_than_the_doubt()
    {
        var hardware = Speeds.Gpus(4, Workstation);
        foreach (var program in (CheckedProgram[])[Gpt(""), Convolutions()])
        {
            var quick = new QuickEstimate(program, Workstation, hardware.Gpus);
            Assert.All(new LayoutOptions(program, 4, 4).All, option => Assert.InRange(
                quick.Of(option).Bytes / Needed(program, option, hardware), 0, LayoutSearch.MemoryDoubt));
        }
    }

    [Fact]
    public void On_cores_the_number_of_ranks_is_chosen_too()
    {
        var program = Programs.Of([("linear", 64L), ("linear", 4L)], batch: 4096, isAuto: true);
        Assert.Equal("single device", Programs.Plan(program, Cores(alone: 1e9, shared: 0.4e9)).Strategy);
        Assert.Equal("data 2", Programs.Plan(program, Cores(alone: 1e9, shared: 0.9e9)).Strategy);
    }

    [Fact]
    public void Thousands_of_devices_and_hundreds_of_layers_take_seconds()
    {
        var program = Large();
        var machine = Speeds.Gpus(8, Workstation);
        var clock = Stopwatch.StartNew();
        var offer = new DeviceOffer(
            [.. HardwareSet.Alike(machine, 512).Machines.Select(each => new MachineOffer(each, each.Gpus, 8))], 0);
        var outcome = new LayoutSearch(program, HardwareSet.Alike(machine, 512), Workstation, offer).Run();
        TestContext.Current.SendDiagnosticMessage($"{clock.Elapsed.TotalSeconds:0.00} s, {outcome.Candidates.Length} candidates");
        Assert.NotNull(outcome.Best);
    }

    private static bool Fits(LayoutCandidate candidate) => candidate.Rejection.Length == 0;

    private static double Seconds(CheckedProgram program, LayoutOption option, HardwareDescription hardware) =>
        Simulated(Trial(program, option, hardware));

    private static long Needed(CheckedProgram program, LayoutOption option, HardwareDescription hardware) =>
        Trial(program, option, hardware).Ranks.Max(rank => rank.Memory.TotalBytes);

    private static StepOutline Trial(CheckedProgram program, LayoutOption option, HardwareDescription hardware) =>
        LayoutTrial.Of(program with { Parallel = option.Request(program.Parallel) }, option.Degrees, hardware.Gpus);

    private static double Simulated(StepOutline outline)
    {
        var simulation = new StepSimulation(outline, Workstation);
        simulation.Run();
        return simulation.Seconds;
    }

    private static HardwareDescription Cores(double alone, double shared)
    {
        var (one, two) = (Speeds.Of(RateCurve.Flat(alone)).Shares[0], Speeds.Of(RateCurve.Flat(shared)).Shares[0]);
        return Programs.Laptop with
        {
            Performance = new HardwarePerformance("here", [one with { Ranks = 1 }, two with { Ranks = 2 }], new LinkPerformance(1e9, 0)),
        };
    }

    private static Degrees Degrees(CheckedProgram program) => new(
        (int)(program.Parallel.Data?.Degree ?? 1), (int)(program.Parallel.Pipeline?.Degree ?? 1), (int)(program.Parallel.Tensor?.Degree ?? 1));

    private static CheckedProgram Gpt(string layout) => Gpts.Of(layout, blocks: 6, features: 128, heads: 8, batch: "32");

    private static CheckedProgram Large() => Gpts.Of("", blocks: 48, features: 4096, heads: 32, batch: "4096");

    private static CheckedProgram Convolutions() => Check(
        """
        data { source synthetic 1000; input [3, 32, 32]; target class 4 }
        model { repeat 12 { conv2d 64 kernel=3 padding=1; relu }; flatten; linear 4 }
        train { loss cross_entropy; optimizer adamw lr=1e-3; batch 128; epochs 1 }
        parallel auto
        """,
        new DatasetDescription(Shape.Of(3, 32, 32), 1, 1000, 0));

    private static CheckedProgram Check(string text, DatasetDescription data)
    {
        var syntax = Parser.parse(new SourceFile("spec.pd", text));
        Assert.Empty(syntax.Diagnostics);
        var checkedProgram = Checker.Check(syntax.Program, data);
        Assert.Empty(checkedProgram.Diagnostics);
        return checkedProgram.Value!;
    }
}
