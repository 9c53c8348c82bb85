using System.Collections.Immutable;
using ParDsl.Compiler.Checked;
using ParDsl.Compiler.Costs;
using ParDsl.Compiler.Hardware;
using ParDsl.Compiler.Hardware.Performance;
using ParDsl.Compiler.Planning;
using ParDsl.Compiler.Planning.Tensor;
using ParDsl.Compiler.Plans;
using ParDsl.Source;
using Xunit;
using static ParDsl.Compiler.Tests.Planning.Programs;

namespace ParDsl.Compiler.Tests.Costs;

/// <summary>What layers took where they were measured, instead of what rates say.</summary>
public sealed class MeasuredLayersTests
{
    private const int Batch = 32;

    private static readonly CheckedProgram Program = Of([("linear", 8L), ("relu", null), ("linear", 4L)], batch: Batch);

    [Fact]
    public void Layers_take_what_they_took()
    {
        var prediction = Predict(Program, Every(Program, new LayerSpeed(Batch, 1e-3, 2e-3)));
        Assert.Equal(3 * 3e-3, Pass(prediction), 9);
        Assert.Equal("by hand with its layers", prediction.Origin);
    }

    [Fact]
    public void Between_two_numbers_of_samples_lies_what_is_between()
    {
        // Twice and four times as long as rates say: over the logarithm of the samples, 32 is half way from 16 to 64.
        var estimated = Pass(Predict(Program, LayerSpeeds.None));
        var measured = Slower(64, 4).With(Slower(16, 2));
        Assert.Equal(3 * estimated, Pass(Predict(Program, measured)), 12);
        Assert.Equal(2 * estimated, Pass(Predict(Program, Slower(16, 2))), 12);
    }

    [Fact]
    public void What_was_not_measured_is_told_from_rates()
    {
        var names = LayerIdentity.OfWhole(Program, hasReplicas: false);
        var one = LayerSpeeds.Of([(names[0], new LayerSpeed(Batch, 1, 1))]);
        var prediction = Predict(Program, one);
        Assert.InRange(Pass(prediction), 2, 2 + Pass(Predict(Program, LayerSpeeds.None)));
        Assert.Equal("by hand", prediction.Origin);
    }

    /// <summary>
    /// Of four linear layers alike, the first has no input whose gradient is wanted, and the last one's time has the loss in it.
    /// </summary>
    [Fact]
    public void Layers_that_do_not_take_the_same_time_have_different_names()
    {
        var program = Of([("linear", 6L), ("linear", 6L), ("linear", 6L), ("batch_norm", null), ("linear", 6L)], batch: Batch);
        var names = LayerIdentity.OfWhole(program, hasReplicas: false);
        Assert.Equal([0, 1, 3, 4], Enumerable.Range(0, 5).DistinctBy(layer => names[layer]));
        Assert.Equal(names[1], LayerIdentity.OfWhole(Of([("linear", 6L), ("linear", 6L), ("relu", null)]), hasReplicas: true)[1]);
        Assert.Equal([3], Differences(names, LayerIdentity.OfWhole(program, hasReplicas: true)));
        var half = program with { Training = program.Training with { Precision = Precision.BFloat16 } };
        Assert.Equal([0, 1, 2, 3, 4], Differences(names, LayerIdentity.OfWhole(half, hasReplicas: false)));
    }

    /// <summary>A tensor rank's part has a time of its own; where that is not known, it is as wrong as the whole layer's is.</summary>
    [Fact]
    public void Parts_of_layers_are_corrected_by_parts_or_else_by_the_whole()
    {
        var shared = Program with { Parallel = Program.Parallel with { IsAuto = false, Data = null, Tensor = new TensorRequest(2, false, SourceSpan.Nowhere) } };
        var estimated = Pass(Predict(shared, LayerSpeeds.None, ranks: 2));
        Assert.Equal(2 * estimated, Pass(Predict(shared, Slower(Batch, 2), ranks: 2)), 12);

        var parts = new LayerIdentity(shared, TensorSplit.Of(shared, 2), hasReplicas: false).All;
        var both = Slower(Batch, 2).With(LayerSpeeds.Of(parts.Select(name => (name, new LayerSpeed(Batch, 1, 2)))));
        Assert.Equal(9, Pass(Predict(shared, both, ranks: 2)), 9);
        // What its ranks move was in the measured time.
        Assert.Equal(9, Pass(Predict(shared, both, ranks: 2, new LinkPerformance(1e3, 1))), 9);
        Assert.InRange(Pass(Predict(shared, LayerSpeeds.None, ranks: 2, new LinkPerformance(1e3, 1))), 2, double.MaxValue);
    }

    /// <summary>It was measured within one machine, of which the network is no part.</summary>
    [Fact]
    public void What_tensor_ranks_move_between_machines_is_in_no_measured_time()
    {
        var shared = Program with { Parallel = Program.Parallel with { IsAuto = false, Data = null, Tensor = new TensorRequest(2, false, SourceSpan.Nowhere) } };
        var parts = new LayerIdentity(shared, TensorSplit.Of(shared, 2), hasReplicas: false).All;
        var measured = Performance(LayerSpeeds.Of(parts.Select(name => (name, new LayerSpeed(Batch, 1, 2)))));
        var network = measured with { BetweenMachines = new LinkPerformance(1e3, 1) };
        Assert.Equal(9, Plan(shared, Speeds.Gpus(2, network)).Prediction!.Seconds, 3);
        Assert.InRange(Plan(shared, HardwareSet.Alike(Speeds.Gpus(1, network), 2)).Prediction!.Seconds, 10, double.MaxValue);
    }

    [Fact]
    public void More_ranks_than_were_measured_take_turns()
    {
        var speeds = LayerSpeeds.Of([("layer", new LayerSpeed(Batch, 1, 3))]);
        Assert.Equal(new LayerSpeed(Batch, 4, 12), Assert.Single(speeds.Times(0.25).Of("layer")));
    }

    [Fact]
    public void A_plan_by_layer_has_a_segment_for_each_and_keeps_the_laws()
    {
        var program = Small(degree: 2);
        var plan = Planner.PlanByLayer(program, Laptop).Value!;
        Assert.Equal([0, 1, 2, 3], plan.Ranks[0].Segments.Select(segment => segment.FirstLayer));
        Assert.All(plan.Ranks.SelectMany(rank => rank.Segments), segment => Assert.Equal(1, segment.LayerCount));
        Assert.Empty(PlanChecker.Check(plan));
        Assert.Single(Plan(program, Laptop, Ask(2)).Ranks[0].Segments);
    }

    /// <summary>All of them so many times as long as rates say.</summary>
    private static LayerSpeeds Slower(int samples, double factor)
    {
        var passes = new PassTimes(
            Program, TensorPlan.Of(Program.Model), new WorkTimes(Performance(LayerSpeeds.None).Shares[0].Device, Precision.Float32), false, samples);
        return LayerSpeeds.Of(LayerIdentity.OfWhole(Program, hasReplicas: false).Select((name, layer) =>
            (name, new LayerSpeed(samples, factor * passes.OfLayer(layer).Forward, factor * passes.OfLayer(layer).Backward))));
    }

    private static LayerSpeeds Every(CheckedProgram program, LayerSpeed speed) =>
        LayerSpeeds.Of(LayerIdentity.OfWhole(program, hasReplicas: false).Select(name => (name, speed)));

    private static HardwarePerformance Performance(LayerSpeeds layers, LinkPerformance? link = null)
    {
        var plain = Speeds.Of(Speeds.Gigaflops, link, call: 1e-6);
        return plain with { Shares = [plain.Shares[0] with { Device = plain.Shares[0].Device with { Layers = layers } }] };
    }

    private static StepPrediction Predict(CheckedProgram program, LayerSpeeds layers, int ranks = 1, LinkPerformance? link = null) =>
        Plan(program, Speeds.Gpus(ranks, Performance(layers, link))).Prediction!;

    private static double Pass(StepPrediction prediction) => prediction.Ranks[0].Actions
        .Where(action => action.Action is PlanAction.Forward or PlanAction.Backward)
        .Sum(action => action.Seconds);

    private static IEnumerable<int> Differences(ImmutableArray<string> one, ImmutableArray<string> other) =>
        Enumerable.Range(0, one.Length).Where(layer => one[layer] != other[layer]);
}
