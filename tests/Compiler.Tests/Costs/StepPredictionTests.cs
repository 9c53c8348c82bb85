using System.Collections.Immutable;
using ParDsl.Compiler.Checked;
using ParDsl.Compiler.Costs;
using ParDsl.Compiler.Hardware;
using ParDsl.Compiler.Hardware.Performance;
using ParDsl.Compiler.Plans;
using Xunit;
using static ParDsl.Compiler.Tests.Costs.PredictedPrograms;
using static ParDsl.Compiler.Tests.Planning.Programs;

namespace ParDsl.Compiler.Tests.Costs;

/// <summary>Predicted times where they can be worked out by hand: one thing takes time, and a law says how much.</summary>
public sealed class StepPredictionTests
{
    [Fact]
    public void Without_speeds_nothing_is_predicted() => Assert.Null(Plan(Small(), Laptop).Prediction);

    /// <summary>Forward one product a layer, backward two, but for the first layer's input.</summary>
    [Fact]
    public void A_single_device_takes_the_products_time()
    {
        var prediction = Predict(Of([("linear", 8L), ("linear", 4L)], batch: 32), 1, Speeds.Of(Speeds.Gigaflops));
        Assert.Equal(32 * ((2 * 2 * 6 * 8) + (3 * 2 * 8 * 4)) * 1e-9, prediction.Seconds, 12);
        Assert.Equal("computing", prediction.Binding);
    }

    /// <summary>GPipe (Huang et al. 2019): of m + p - 1 turns each stage waits p - 1.</summary>
    [Theory]
    [InlineData(4, 4)]
    [InlineData(4, 16)]
    [InlineData(2, 8)]
    public void A_pipeline_waits_as_the_formula_says(int stages, int microBatches)
    {
        var program = Of(Linears, batch: 16).With(
            null, Stages(stages, microBatches, ScheduleKind.Gpipe) with { Cuts = [.. Cuts(stages)] });
        var prediction = Predict(program, stages, Speeds.Of(Speeds.Gigaflops));
        var last = prediction.Ranks[^1];
        var share = 1 - (last.SecondsOf(TimedWork.Pass) / prediction.Seconds);
        // The first stage has a small layer more, which the formula knows nothing of.
        Assert.InRange(share / ((stages - 1.0) / (microBatches + stages - 1)), 1, 1.06);
        Assert.Equal(prediction.Seconds, last.Actions[^1].End, 12);
    }

    /// <summary>A ring sends 2 (k - 1) / k of the bytes, in 2 (k - 1) messages.</summary>
    [Theory]
    [InlineData(2)]
    [InlineData(4)]
    public void A_reduction_takes_a_rings_time(int degree)
    {
        var prediction = Predict(Of([("linear", 8L)], degree), degree, Speeds.Of(link: new LinkPerformance(1e6, 1e-3)));
        const double parameters = 56 * 4;
        const double metrics = 3 * 8;
        Assert.Equal(
            (2 * (degree - 1.0) / degree * (parameters + metrics) / 1e6) + (2 * 2 * (degree - 1) * 1e-3), prediction.Seconds, 9);
        Assert.Equal("reducing gradients over data", prediction.Binding);
    }

    [Fact]
    public void Between_machines_the_slower_link_counts_and_the_ranks_of_a_machine_share_the_way()
    {
        var link = new LinkPerformance(1e9, 0);
        var program = Of([("linear", 8L)], degree: 4);
        var machine = Speeds.Gpus(2, Speeds.Of(link: link, between: new LinkPerformance(1e6, 0)));
        var prediction = Plan(program, HardwareSet.Alike(machine, 2)).Prediction!;
        Assert.Equal(2 * 0.75 * ((56 * 4) + 24) / 2e6, prediction.Seconds, 9);
    }

    /// <summary>Threads that move bytes in the background are woken on the ranks' own cores; GPUs have streams for it.</summary>
    [Fact]
    public void Background_collectives_cost_a_hand_over_on_cores_alone()
    {
        const double handOver = 1e-3;
        var program = Of(Linears).With(Replicas(2, bucketBytes: 4 * 512 * 513));
        var link = new LinkPerformance(20e6, 0);
        var (free, costly) = (Speeds.Of(Speeds.Gigaflops, link), Speeds.Of(Speeds.Gigaflops, link with { HandOverSeconds = handOver }));
        var onCores = Plan(program, Laptop with { Performance = costly }, Ask(2));
        var inBackground = onCores.Ranks[0].Update.SelectMany(IssuedCollective.Of).Count(collective => collective.IsBackground);
        Assert.InRange(inBackground, 2, int.MaxValue);
        Assert.Equal(
            inBackground * handOver,
            onCores.Prediction!.Seconds - Plan(program, Laptop with { Performance = free }, Ask(2)).Prediction!.Seconds,
            9);
        Assert.Equal(Predict(program, 2, free).Seconds, Predict(program, 2, costly).Seconds, 12);
    }

    /// <summary>With one micro-batch a message each way is waited for: its bytes, and what its receiver is woken for.</summary>
    [Fact]
    public void A_message_costs_its_receivers_waiting()
    {
        const double waiting = 1e-3;
        var program = Of(Linears, batch: 16).With(null, Stages(2, microBatches: 1) with { Cuts = [.. Cuts(2)] });
        var link = new LinkPerformance(20e6, 1e-4);
        var quick = Predict(program, 2, Speeds.Of(Speeds.Gigaflops, link)).Seconds;
        var slow = Predict(program, 2, Speeds.Of(Speeds.Gigaflops, link with { MessageSeconds = waiting })).Seconds;
        Assert.Equal(2 * (waiting - 1e-4), slow - quick, 9);
    }

    /// <summary>Reductions go on beside the backward pass on GPUs; between ranks on cores they take the cores' time.</summary>
    [Fact]
    public void Reductions_overlap_on_gpus_alone()
    {
        var program = Of(Linears).With(Replicas(2, bucketBytes: 4 * 512 * 513));
        var speed = Speeds.Of(Speeds.Gigaflops, new LinkPerformance(20e6, 0));
        var onGpus = Predict(program, 2, speed);
        var onCores = Plan(program, Laptop with { Performance = speed }, Ask(2)).Prediction!;
        var computing = onCores.Ranks[0].SecondsOf(TimedWork.Pass);
        var moving = onCores.Ranks[0].SecondsOf(TimedWork.Move);
        Assert.Equal(computing + moving, onCores.Seconds, 9);
        Assert.InRange(onGpus.Seconds, Math.Max(computing, moving), (computing + moving) * 0.9);
        Assert.Contains(onGpus.Ranks[0].Actions, action => action.IsBackground);
    }

    [Fact]
    public void Every_call_costs()
    {
        var program = Of([("linear", 8L), ("relu", null), ("linear", 4L)]);
        var one = Predict(program, 1, Speeds.Of(call: 1e-6));
        var two = Predict(program, 1, Speeds.Of(call: 2e-6));
        Assert.Equal(2, two.Seconds / one.Seconds, 6);
        Assert.InRange(one.Seconds, 20e-6, 100e-6);
    }

    /// <summary>
    /// Between two stages one value becomes a leaf and has another name, three calls, and its gradient is taken and given to a root,
    /// three more.
    /// </summary>
    [Fact]
    public void A_border_costs_calls_on_cores_alone()
    {
        const double call = 1e-6;
        var whole = Of(Linears, batch: 16);
        var cut = whole.With(null, Stages(2, microBatches: 1) with { Cuts = [.. Cuts(2)] });
        Assert.Equal(6 * call, OnCores(cut) - OnCores(whole), 12);
        Assert.Equal(0, Passes(Predict(cut, 2, Speeds.Of(call: call))) - Passes(Predict(whole, 1, Speeds.Of(call: call))), 12);

        static double OnCores(CheckedProgram program) =>
            Passes(Plan(program, Laptop with { Performance = Speeds.Of(call: call) }).Prediction!);
        static double Passes(StepPrediction prediction) => prediction.Ranks.Sum(rank => rank.SecondsOf(TimedWork.Pass));
    }

    /// <summary>The loss is a part of the last run that is computed again; metrics are not.</summary>
    [Fact]
    public void What_is_computed_again_takes_as_long_as_before()
    {
        var program = Of(Linears);
        var again = program with
        {
            Training = program.Training with { Metrics = [] },
            Parallel = program.Parallel with { Recompute = new RecomputeRequest(true, 0) },
        };
        var actions = Predict(again, 1, Speeds.Of(call: 1e-6)).Ranks[0].Actions;
        Assert.Equal(Seconds<PlanAction.Forward>(actions), Seconds<PlanAction.Recompute>(actions), 12);
    }

    /// <summary>A GPU may have an adapter of its own; all ranks on cores send through one.</summary>
    [Fact]
    public void Ranks_on_cores_share_their_machines_way_out()
    {
        var speeds = Speeds.Of(between: new LinkPerformance(1e6, 0));
        var cores = Laptop with { Performance = speeds with { Shares = [speeds.Shares[0] with { Ranks = 1 }] } };
        var prediction = Plan(Of([("linear", 8L)], degree: 4), HardwareSet.Alike(cores, 2)).Prediction!;
        Assert.Equal(2 * 0.75 * ((56 * 4) + 24) / 1e6, prediction.Seconds, 9);
    }

    /// <summary>A value there and its gradient back: on cores each is copied at both ends, and on GPUs it only travels.</summary>
    [Fact]
    public void On_cores_messages_take_the_time_of_both_ends()
    {
        const double bytes = 16 * 512 * 4;
        var program = Of(Linears, batch: 16).With(null, Stages(2, microBatches: 1) with { Cuts = [.. Cuts(2)] });
        var speeds = Speeds.Of(Speeds.Gigaflops, new LinkPerformance(20e6, 1e-4));
        var onCores = Plan(program, Laptop with { Performance = speeds }, Ask(2)).Prediction!;
        Assert.Equal(2 * bytes / 20e6, onCores.Seconds - Predict(program, 2, speeds).Seconds, 9);
        Assert.All(onCores.Ranks, rank => Assert.Equal(2 * bytes / 20e6, rank.Actions
            .Where(timed => timed is { Work: TimedWork.Move, Action: not PlanAction.AllReduceMetrics }).Sum(timed => timed.Seconds), 9));
    }

    /// <summary>Weights and states are read and written, gradients read and set to zero, at a rate of their own.</summary>
    [Fact]
    public void A_step_takes_the_optimizers_rate()
    {
        const double rate = 1e9;
        var speeds = Speeds.Of(memory: RateCurve.Flat(1e6));
        var device = speeds.Shares[0].Device with { Updates = RateCurve.Flat(rate) };
        var program = Of(Linears);
        var prediction = Predict(program, 1, speeds with { Shares = [speeds.Shares[0] with { Device = device }] });
        var elements = program.Model.Layers.Sum(layer => layer.ParameterCount);
        Assert.Equal(
            elements * 4 * (4 + (2 * program.Training.OptimizerStateCount)) / rate,
            Seconds<PlanAction.Step>(prediction.Ranks[0].Actions),
            12);
        Assert.Equal(rate / 4, device.Times(0.25).Updates.At(1));
    }

    [Fact]
    public void Ranks_that_do_alike_stand_for_each_other()
    {
        var program = Of(Linears, batch: 16).With(Replicas(2), Stages(2, 2));
        var prediction = Predict(program, 4, Speeds.Of(Speeds.Gigaflops));
        Assert.Equal([[0, 2], [1, 3]], prediction.Ranks.Select(rank => rank.Stands.ToArray()));
        Assert.All(prediction.Ranks, InOrder);
    }

    private static double Seconds<TAction>(IEnumerable<PredictedAction> actions)
        where TAction : PlanAction => actions.Where(timed => timed.Action is TAction).Sum(timed => timed.Seconds);
}
