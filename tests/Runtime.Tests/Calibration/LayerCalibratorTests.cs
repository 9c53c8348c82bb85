using ParDsl.Compiler.Checked;
using ParDsl.Compiler.Costs;
using ParDsl.Compiler.Hardware;
using ParDsl.Compiler.Hardware.Performance;
using ParDsl.Compiler.Planning;
using ParDsl.Runtime.Calibration;
using ParDsl.Runtime.Calibration.Keeping;
using ParDsl.Runtime.Calibration.Layers;
using ParDsl.Runtime.Native;
using ParDsl.Runtime.Tests.Training;
using Xunit;
using static TorchSharp.torch;

namespace ParDsl.Runtime.Tests.Calibration;

/// <summary>What is measured of a spec's layers, in haste: that each has its times, not what they are.</summary>
[Collection(TensorCountingTests.Name)]
public sealed class LayerCalibratorTests
{
    private static readonly HardwareDescription Machine = new("here", 2, 1L << 30, []);

    private static readonly LayerPace Hasty = new(WarmingSeconds: 0, Passes: 2, Rounds: 1, RoundSeconds: 1e-4);

    [Fact]
    public void Every_layer_is_known_for_every_number_of_ranks_and_no_tensor_is_left()
    {
        NativeLibraries.Load();
        var program = Program("batch 32");
        // What a test before this one left to the collector.
        GC.Collect();
        GC.WaitForPendingFinalizers();
        var before = Tensor.TotalCount;
        var said = new List<string>();
        var measured = Run(program, said.Add);

        var panels = measured.Performance.Panels;
        Assert.Equal(
            [
                "layers of test, 1 rank", "layers of test, 2 ranks", "layers of test, 4 ranks",
                "layers of test, 1 rank, again", "layers of test, 2 ranks, again", "layers of test, 4 ranks, again",
                $"memory of {panels.All.Count()} products of test",
            ],
            said);
        Assert.All(
            RankProducts.Of(program.Model.Layers, program.Training.Precision, samples: 16, threads: 1),
            product => Assert.Contains(product, panels.All.Select(each => each.Product)));
        Assert.All(measured.Performance.Shares, share =>
        {
            var speeds = LayerIdentity.OfWhole(program, share.Ranks > 1).Select(share.Device.Layers.Of).ToArray();
            // A layer that no tensor rank divides is measured for what their groups have of the batch, too.
            Assert.All(speeds, ofLayer => Assert.InRange(ofLayer.Length, 2, 5));
            Assert.All(speeds.SelectMany(ofLayer => ofLayer), speed => Assert.True(speed is { Samples: > 0, ForwardSeconds: > 0, BackwardSeconds: > 0 }));
            Assert.Equal(32 / share.Ranks / 4, speeds[0][0].Samples);
        });
        var shared = measured.Performance.Shares[1].Device.Layers.ByLayer.Keys.Where(name => name.Contains(" over 2", StringComparison.Ordinal));
        Assert.NotEmpty(shared);
        Assert.Equal(before, Tensor.TotalCount);
    }

    [Fact]
    public void Predictions_of_the_program_are_of_its_layers()
    {
        NativeLibraries.Load();
        var program = Program("batch 32", "data 2");
        var machine = Machine with { Performance = Run(program, _ => { }).Performance };
        var prediction = Planner.Plan(program, machine, DeviceRequest.Unstated).Value!.Prediction!;
        Assert.EndsWith(" with its layers", prediction.Origin, StringComparison.Ordinal);
    }

    [Fact]
    public void Where_the_data_has_too_few_samples_for_all_ranks_the_rest_is_measured()
    {
        NativeLibraries.Load();
        var program = Program("batch 64");
        var shares = Run(program, _ => { }).Performance.Shares;
        Assert.Equal([64], shares[0].Device.Layers.Of(LayerIdentity.OfWhole(program, hasReplicas: false)[0]).Select(speed => speed.Samples).Skip(1));
    }

    /// <summary>A quarter of two ranks' shares is one sample, of which no batch norm knows a variance; and at that rate all is lost.</summary>
    [Theory]
    [InlineData("1e-3")]
    [InlineData("1e30")]
    public void What_a_spec_itself_may_not_do_is_not_done_while_it_is_measured(string rate)
    {
        NativeLibraries.Load();
        var program = Program("batch 8", rate: rate);
        var shares = Run(program, _ => { }).Performance.Shares;
        Assert.Equal([2, 8], Samples(shares[0], program));
        Assert.Equal([4], Samples(shares[1], program));
    }

    [Fact]
    public void A_model_that_fits_nowhere_is_told()
    {
        NativeLibraries.Load();
        var said = new List<string>();
        var program = Program("batch 32", model: "linear 100000; linear 3; linear 3");
        var small = Machine with { MemoryBytes = 1 << 20 };
        var layers = LayerCalibrator.Run(Calibration, program, small, Hasty, said.Add, CancellationToken.None).Performance.Shares[0].Device.Layers;
        Assert.Empty(layers.ByLayer);
        Assert.Contains(said, words => words.StartsWith("they are not measured: ", StringComparison.Ordinal));
        Assert.Matches("^memory of [1-9][0-9]* products of test; [1-9][0-9]* are too large$", said[^1]);
    }

    [Fact]
    public void What_was_measured_before_stays()
    {
        NativeLibraries.Load();
        var (one, other) = (Program("batch 32"), Program("batch 32", model: "linear 5; linear 3"));
        var both = Run(other, _ => { }, Run(one, _ => { }));
        var layers = both.Performance.Shares[0].Device.Layers;
        Assert.All(LayerIdentity.OfWhole(one, false).Concat(LayerIdentity.OfWhole(other, false)), name => Assert.NotEmpty(layers.Of(name)));
        Assert.Equal(layers, Figures.Calibration(Machine).WithSpecsOf(both).Performance.Shares[0].Device.Layers);
        var panels = both.Performance.Panels;
        Assert.All([one, other], program => Assert.All(
            RankProducts.OfLayouts(program, Machine.Cores, [1]), product => Assert.Contains(product, panels.All.Select(each => each.Product))));
        Assert.Equal(panels, Figures.Calibration(Machine).WithSpecsOf(both).Performance.Panels);
        Assert.Equal(layers.ByLayer.Count, Figures.Calibration(Machine).WithSpecsOf(both).Performance.Shares[0].Device.Layers.ByLayer.Count);
    }

    [Fact]
    public void It_stops_when_it_is_asked_to()
    {
        using var source = new CancellationTokenSource();
        Assert.Throws<OperationCanceledException>(() => LayerCalibrator.Run(
            Calibration, Program("batch 32"), Machine, Hasty, _ => source.Cancel(), source.Token));
    }

    private static MachineCalibration Calibration
    {
        get
        {
            var plain = Figures.Calibration(Machine);
            var shares = plain.Performance.Shares.Select(share => share with { Device = share.Device with { Layers = LayerSpeeds.None } });
            return plain with { Performance = plain.Performance with { Shares = [.. shares], Panels = PanelSizes.None } };
        }
    }

    private static MachineCalibration Run(CheckedProgram program, Action<string> progress, MachineCalibration? before = null) =>
        LayerCalibrator.Run(before ?? Calibration, program, Machine, Hasty, progress, CancellationToken.None);

    private static IEnumerable<int> Samples(SharedPerformance share, CheckedProgram program) =>
        share.Device.Layers.Of(LayerIdentity.OfWhole(program, hasReplicas: false)[1]).Select(speed => speed.Samples);

    private static CheckedProgram Program(
        string batch,
        string parallel = "data 1",
        string model = "linear 8; batch_norm; relu; linear 8; relu; linear 3",
        string rate = "1e-3") => Specs.Plan(
        "input [6]; target [3]", model, $"loss mse; optimizer sgd lr={rate}; {batch}; epochs 1", parallel, sampleCount: 64).Program;
}
