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

/// <summary>How many devices <c>parallel auto</c> takes.</summary>
public sealed class DeviceCountTests
{
    [Fact]
    public void On_cores_the_number_of_ranks_is_chosen_too()
    {
        var program = Programs.Of([("linear", 64L), ("linear", 4L)], batch: 4096, isAuto: true);
        Assert.Equal("single device", Programs.Plan(program, Cores(alone: 1e9, shared: 0.4e9)).Strategy);
        Assert.Equal("data 2", Programs.Plan(program, Cores(alone: 1e9, shared: 0.9e9)).Strategy);
    }

    /// <summary>Where a message takes long beside the work, one of eight GPUs is faster than all.</summary>
    [Fact]
    public void A_small_model_leaves_gpus_idle_where_that_is_faster()
    {
        var program = Programs.Of([("linear", 64L), ("linear", 4L)], batch: 64, isAuto: true);
        var plan = Programs.Plan(program, Speeds.Gpus(8, Workstation));
        Assert.Equal("single device", plan.Strategy);
        Assert.Matches(
            "^1 of 8 GPUs, and 7 stay idle: an update takes .* us, and .* us in the fastest layout of all 8, `.*`; `--gpus 8` takes all$",
            Assert.Single(plan.Notes));
        var all = Programs.Plan(program, Speeds.Gpus(8, Workstation), Programs.Ask(8));
        Assert.Equal(8, all.Ranks.Length);
        Assert.True(plan.Prediction!.Seconds < all.Prediction!.Seconds);
        Assert.Empty(all.Notes);
    }

    [Fact]
    public void Where_all_gpus_have_no_layout_the_most_that_have_one_and_their_divisors_are_compared()
    {
        var program = Programs.Of([("linear", 4096L), ("linear", 4L)], batch: 65536, isAuto: true);
        var plan = Programs.Plan(program, Speeds.Gpus(7, Workstation));
        Assert.Equal("4 of 7 GPUs, and 3 stay idle: no layout of all 7 shares this program and fits them", Assert.Single(plan.Notes));
        Assert.Contains(plan.Candidates, candidate => candidate.Layout.StartsWith("data 2", StringComparison.Ordinal));
    }

    /// <summary>Each process finds the same layout, and it is over all of them.</summary>
    [Fact]
    public void The_processes_of_a_job_on_cores_search_too()
    {
        var program = Programs.Of([("linear", 64L), ("linear", 4L)], batch: 4096, isAuto: true);
        ProcessDevice[] processes = [.. Enumerable.Range(0, 4).Select(rank => new ProcessDevice(rank < 2 ? "a" : "b", null, 2, 1L << 30))];
        var job = HardwareSet.Job(processes, hasNccl: false) with { Performance = Cores(alone: 1e9, shared: 0.4e9).Performance };
        var plan = Programs.Plan(program, job);
        Assert.Equal(4, plan.Ranks.Length);
        Assert.Equal(plan.Candidates[0].StepSeconds!.Value, plan.Prediction!.Seconds, 12);
        Assert.True(plan.Candidates.Count(Fits) > 3);
    }

    /// <summary>Several machines have a part each, and degrees that are left out take what is left.</summary>
    [Fact]
    public void All_gpus_are_used_over_machines_and_where_degrees_are_left_out()
    {
        var program = Programs.Of([("linear", 64L), ("linear", 4L)], batch: 64, isAuto: true);
        var machines = HardwareSet.Alike(Speeds.Gpus(2, Workstation), 2);
        Assert.Equal(4, Programs.Plan(program, machines).Ranks.Length);
        Assert.Equal(8, Programs.Plan(Gpt("data; pipeline"), Speeds.Gpus(8, Workstation)).Ranks.Length);
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

    private static HardwareDescription Cores(double alone, double shared)
    {
        var (one, two) = (Speeds.Of(RateCurve.Flat(alone)).Shares[0], Speeds.Of(RateCurve.Flat(shared)).Shares[0]);
        return Programs.Laptop with
        {
            Performance = new HardwarePerformance("here", [one with { Ranks = 1 }, two with { Ranks = 2 }], new LinkPerformance(1e9, 0)),
        };
    }

    private static CheckedProgram Large() => Gpts.Of("", blocks: 48, features: 4096, heads: 32, batch: "4096");
}
