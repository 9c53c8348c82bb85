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

/// <summary><c>parallel auto</c> on hardware whose speed is known.</summary>
public sealed class SearchTests
{
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

    /// <summary>The parts of an accumulation flow through the stages, so a pipeline needs not cut them once more.</summary>
    [Fact]
    public void The_parts_of_an_accumulation_are_micro_batches_of_a_pipeline()
    {
        var hardware = Speeds.Gpus(8, Workstation);
        var chosen = Programs.Plan(Gpts.Of("", 12, 64, 8, "256", "accumulate 4"), hardware);
        var written = Programs.Plan(Gpts.Of("pipeline 8 microbatches=1", 12, 64, 8, "256", "accumulate 4"), hardware);
        Assert.InRange(chosen.Prediction!.Seconds, 0, written.Prediction!.Seconds);
        var counts = new LayoutOptions(chosen.Program, 8, 8).All.Where(option => option.Degrees.Pipeline == 8).Select(option => option.MicroBatches);
        Assert.Equal([1, 2, 4, 8, 16, 32, 64], counts.Distinct().Order());
    }

    /// <summary>Three stages have no equal number of micro-batches of 1,024 samples, and more than a few are too many.</summary>
    [Fact]
    public void Stages_that_do_not_divide_the_batch_have_moderate_micro_batches()
    {
        var counts = new LayoutOptions(Gpts.Of("", 6, 128, 8, "1024"), 3, 3).All
            .Where(option => option is { Degrees.Pipeline: 3, Schedule: ScheduleKind.OneForwardOneBackward })
            .Select(option => option.MicroBatches);
        Assert.Equal([4, 8, 16, 128, 256, 512, 1024], counts.Distinct().Order());
    }

    /// <summary>A prime batch, the largest: only whole or single samples.</summary>
    [Fact]
    public void A_batch_that_nothing_divides_is_cut_into_samples_at_once()
    {
        var counts = new LayoutOptions(Gpts.Of("", 6, 128, 8, "2147483647", samples: 1L << 32), 4, 4).All.Select(option => option.MicroBatches);
        Assert.Equal([1, 2147483647], counts.Distinct().Order());
    }

    /// <summary>A layout that formulas let in and that needs too much is laid out again in smaller micro-batches.</summary>
    [Theory]
    [InlineData(0.5)]
    [InlineData(0.6)]
    [InlineData(0.7)]
    [InlineData(0.8)]
    [InlineData(0.9)]
    public void The_fastest_of_what_fits_narrow_devices_is_found(double share)
    {
        var program = Gpt("");
        var needed = Programs.Plan(program, Speeds.Gpus(8, Workstation)).Ranks.Max(rank => rank.Memory.TotalBytes);
        var memory = (long)(needed * share);
        var hardware = Programs.Gpus(8, memory) with { Performance = Workstation };
        var best = new LayoutOptions(program, 8, 8).All
            .Where(option => Needed(program, option, hardware) <= memory)
            .Min(option => Seconds(program, option, hardware));
        Assert.InRange(Programs.Plan(program, hardware).Prediction!.Seconds, best, best * 1.05);
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

    [Fact]
    public void No_layout_needs_less_than_a_ranks_part_of_all_parameters_and_their_states()
    {
        foreach (var program in (CheckedProgram[])[Gpt(""), Convolutions(), Programs.Small(batch: 48, isAuto: true)])
        {
            var least = ParameterBytes.LeastOfRank(program, 8);
            Assert.All(
                new LayoutOptions(program, 8, 8).All,
                option => Assert.InRange(Needed(program, option, Speeds.Gpus(8, Workstation)), least, double.MaxValue));
        }
    }

    /// <summary>Where one layer is most of a model, to shard it means to hold it whole for a while; no tensor is cut in seven.</summary>
    [Theory]
    [InlineData(8, 8)]
    [InlineData(7, 56)]
    public void The_layout_that_needs_least_is_named_where_none_fits(int gpus, int batch)
    {
        var program = Programs.Of([("linear", 8192L), ("linear", 8192L), ("linear", 4L)], batch: batch, isAuto: true);
        var hardware = Programs.Gpus(gpus, 1 << 20) with { Performance = Workstation };
        var least = Enumerable
            .Range(1, gpus)
            .SelectMany(size => new LayoutOptions(program, size, size).All)
            .MinBy(option => Needed(program, option, hardware))!;
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
        Assert.EndsWith("no layout that keeps that within one fits", Assert.Single(over.Notes));
    }

    /// <summary>What the layouts of eight ranks of two a machine need at least, with so many tensor ranks at most.</summary>
    private static long Smallest(int tensor)
    {
        var program = Gpts.Of("", blocks: 1, features: 1024, heads: 8, batch: "1");
        return new LayoutOptions(program, 8, tensor).All.Min(option => LayoutTrial
            .NeededBytes(program with { Parallel = option.Request(program.Parallel) }, option.Degrees, Speeds.Gpus(8, Workstation).Gpus));
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
}
