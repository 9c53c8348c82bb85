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
using static ParDsl.Compiler.Tests.Planning.Searches;

namespace ParDsl.Compiler.Tests.Planning;

/// <summary>What is told of a layout before it is laid out whole: by a trial of one pipeline, and by formulas.</summary>
public sealed class LayoutTrialTests
{
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
        var trial = Assert.Single(LayoutTrial.Of(program, Degrees(program), hardware.Gpus));
        Assert.All(trial.Ranks, rank => Assert.Equal(plan.Ranks[rank.Rank].Memory, rank.Memory));
        Assert.All(trial.Ranks, rank => Assert.Equal(plan.Ranks[rank.Rank].Update.Length, rank.Update.Length));
        Assert.Equal(plan.Prediction!.Seconds, Simulated(trial), 12);
    }

    /// <summary>
    /// Of two machines of six, pipelines of four ranks lie on the first, on both, on the second: a message there and one back
    /// take the slow way.
    /// </summary>
    [Fact]
    public void The_pipeline_that_crosses_machines_is_the_one_that_is_predicted()
    {
        var program = Gpts.Of("data 3; pipeline 4 microbatches=1", blocks: 6, features: 128, heads: 8, batch: "3");
        var machines = HardwareSet.Alike(Speeds.Gpus(6, Speeds.Of(between: new LinkPerformance(double.PositiveInfinity, 1))), 2);
        var plan = Programs.Plan(program, machines);
        var (predicted, first) = (plan.Prediction!, SimulatedStep.Slowest([StepOutline.Of(plan, [0, 1, 2, 3])], machines.Performance!));
        Assert.Equal([4, 5, 6, 7], predicted.Ranks.Select(rank => rank.Rank));
        Assert.Equal([1, 5, 9], predicted.Ranks[1].Stands);
        Assert.InRange(predicted.Seconds - first.Seconds, 1, 2);
        var trials = LayoutTrial.Of(program, Degrees(program), [.. machines.AllMachines.SelectMany(machine => machine.Gpus)]);
        Assert.Equal(predicted.Seconds, SimulatedStep.Slowest(trials, machines.Performance!).Seconds, 12);
    }

    /// <summary>Ranks of the fuller machine have less of its cores, wherever it stands.</summary>
    [Theory]
    [InlineData(2, 4)]
    [InlineData(4, 2)]
    public void The_ranks_of_the_fullest_machine_are_the_ones_that_are_predicted(int first, int second)
    {
        var (few, many) = (Speeds.Of(RateCurve.Flat(1e9)).Shares[0], Speeds.Of(RateCurve.Flat(0.5e9)).Shares[0]);
        var machine = Programs.Laptop with
        {
            Performance = new HardwarePerformance("here", [few with { Ranks = 2 }, many with { Ranks = 4 }], new LinkPerformance(1e9, 0)),
        };
        var hosts = HardwareSet.Named(machine, [new MachineSlots("a", first), new MachineSlots("b", second)]);
        var prediction = Programs.Plan(Programs.Of([("linear", 64L), ("linear", 4L)], degree: 6, batch: 4800), hosts).Prediction!;
        var alike = HardwareSet.Named(machine, [new MachineSlots("a", 4), new MachineSlots("b", 4)]);
        var slow = Programs.Plan(Programs.Of([("linear", 64L), ("linear", 4L)], degree: 8, batch: 6400), alike).Prediction!;
        Assert.InRange(prediction.Seconds / slow.Seconds, 0.99, 1.01);
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

    /// <summary>Where these take most, an estimate without them would keep what does not fit.</summary>
    [Fact]
    public void An_estimate_of_memory_counts_batches_and_workspace_as_the_plan_does()
    {
        var hardware = Speeds.Gpus(4, Workstation);
        foreach (var program in (CheckedProgram[])[Gpt(""), Convolutions(), Images(256, "conv2d 4 kernel=3 padding=1; flatten; linear 4")])
        {
            var quick = new QuickEstimate(program, Workstation, hardware.Gpus);
            Assert.All(new LayoutOptions(program, 4, 4).All, option => Assert.All(
                Trial(program, option, hardware).Ranks.Select((rank, place) => (place, rank.Memory)),
                rank => Assert.Equal(rank.Memory.BatchBytes + rank.Memory.WorkspaceBytes, quick.BesideLayers(option, rank.place))));
        }
    }

    /// <summary>The batches that wait are most of what this model needs.</summary>
    [Fact]
    public void An_estimate_of_memory_is_near_where_samples_are_large()
    {
        var program = Images(256, "conv2d 4 kernel=3 padding=1; flatten; linear 4");
        var hardware = Speeds.Gpus(4, Workstation);
        var quick = new QuickEstimate(program, Workstation, hardware.Gpus);
        var replicas = new LayoutOptions(program, 4, 4).All.Where(option => option.Degrees.Data == 4 && !option.Recompute.IsWanted);
        Assert.All(replicas, option => Assert.InRange(
            quick.Of(option).Bytes / Needed(program, option, hardware), 0.75, LayoutSearch.MemoryDoubt));
    }

    /// <summary>
    /// Four ranks on two cores, of which a pipeline's never all work, and the first stage has most to do: formulas with fixed shares
    /// of the cores are off by half and more.
    /// </summary>
    [Fact]
    public void An_estimate_of_time_on_shared_cores_is_near_the_simulation()
    {
        var speeds = Speeds.Of(Speeds.Gigaflops, new LinkPerformance(1e9, 0));
        var program = Programs.Of([("linear", 2048L), ("linear", 512L), ("linear", 64L), ("linear", 64L), ("linear", 4L)], batch: 64);
        var devices = Programs.Plan(program.With(Programs.Replicas(4)), Programs.Laptop, Programs.Ask(4)).Ranks.Select(rank => rank.Device).ToImmutableArray();
        var quick = new QuickEstimate(program, speeds, devices);
        Assert.All(new LayoutOptions(program, 4, 4, isOnCores: true).All.Where(option => option.Degrees.Pipeline == 4), option =>
        {
            var laidOut = program with { Parallel = option.Request(program.Parallel) };
            var simulated = SimulatedStep.Slowest(LayoutTrial.Of(laidOut, option.Degrees, devices), speeds).Seconds;
            Assert.InRange(quick.Of(option).Seconds / simulated, 0.8, 1.25);
        });
    }

    private static Degrees Degrees(CheckedProgram program) => new(
        (int)(program.Parallel.Data?.Degree ?? 1), (int)(program.Parallel.Pipeline?.Degree ?? 1), (int)(program.Parallel.Tensor?.Degree ?? 1));
}
