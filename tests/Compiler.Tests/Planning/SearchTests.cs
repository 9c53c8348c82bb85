using System.Collections.Immutable;
using System.Diagnostics;
using ParDsl.Compiler.Checked;
using ParDsl.Compiler.Costs;
using ParDsl.Compiler.Hardware;
using ParDsl.Compiler.Hardware.Performance;
using ParDsl.Compiler.Planning;
using ParDsl.Compiler.Planning.Search;
using ParDsl.Compiler.Plans;
using ParDsl.Compiler.Tests.Costs;
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

    [Fact]
    public void A_model_that_fits_in_no_layout_says_what_would_do()
    {
        var refusal = Programs.Refusal(Gpt(""), Programs.Gpus(2, 1 << 20) with { Performance = Workstation });
        Assert.Equal("PD4041", refusal.Code);
        Assert.Contains("devices like these would do", refusal.Help);
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

    private static double Seconds(CheckedProgram program, LayoutOption option, HardwareDescription hardware)
    {
        var laidOut = program with { Parallel = option.Request(program.Parallel) };
        var trial = LayoutTrial.Of(laidOut, option.Degrees, hardware.Gpus);
        return Simulated(trial);
    }

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
}
