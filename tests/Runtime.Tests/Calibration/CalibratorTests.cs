using ParDsl.Compiler.Hardware;
using ParDsl.Compiler.Hardware.Performance;
using ParDsl.Runtime.Calibration;
using ParDsl.Runtime.Calibration.Keeping;
using ParDsl.Runtime.Calibration.Measuring;
using ParDsl.Runtime.Native;
using Xunit;
using static TorchSharp.torch;

namespace ParDsl.Runtime.Tests.Calibration;

/// <summary>What is measured of this machine, in haste: that it has every figure, not what they are.</summary>
[Collection(TensorCountingTests.Name)]
public sealed class CalibratorTests
{
    private static readonly HardwareDescription Machine = new("here", 2, 1L << 30, []);

    /// <summary>Work that takes longer than 5 ms ends its curve.</summary>
    private static readonly MeasuringPace Hasty = new(RoundSeconds: 1e-4, Rounds: 1, MostSeconds: 5e-3, WarmingSeconds: 0);

    [Fact]
    public void Every_number_of_ranks_has_every_figure_and_no_tensor_is_left()
    {
        NativeLibraries.Load();
        // What a test before this one left to the collector.
        GC.Collect();
        GC.WaitForPendingFinalizers();
        var before = Tensor.TotalCount;
        var said = new List<string>();
        var calibration = Calibrator.Run(Machine, _ => Hasty, said.Add, CancellationToken.None);

        Assert.Equal([1, 2, 4], calibration.Performance.Shares.Select(share => share.Ranks));
        Assert.Equal(["1 of 3: 1 rank, 2 threads each", "2 of 3: 2 ranks, 1 thread each", "3 of 3: 4 ranks, 1 thread each"], said.Take(3));
        Assert.All(Figures.All(calibration.Performance), figure => Assert.True(double.IsFinite(figure) && figure > 0));
        Assert.All(calibration.Performance.Shares.SelectMany(share => Figures.Curves(share.Device)), curve =>
            Assert.Equal(curve.Points.Select(point => point.Size).Distinct().Order(), curve.Points.Select(point => point.Size)));
        Assert.Equal(before, Tensor.TotalCount);
        Assert.Equal(MachineFingerprint.Of(Machine), calibration.Machine);
    }

    [Fact]
    public void It_stops_when_it_is_asked_to()
    {
        using var source = new CancellationTokenSource();
        Assert.Throws<OperationCanceledException>(
            () => Calibrator.Run(Machine, _ => Hasty, _ => source.Cancel(), source.Token));
    }

    [Fact]
    public void A_rank_that_fails_ends_the_others_waits_and_all()
    {
        NativeLibraries.Load();
        using var team = new RankTeam([CPU, CPU], threadCount: 1, Hasty, CancellationToken.None);
        var doors = ParDsl.Runtime.Collectives.InProcessGroup.Create(2, 2, team.Failures);
        var failure = Assert.Throws<InvalidOperationException>(() => team.SecondsOf((rank, device) =>
            rank == 0 ? new AllReduceWork(doors[0], 64, device) : throw new NotSupportedException("no such work")));
        Assert.IsType<NotSupportedException>(failure.InnerException);
    }

    [Theory]
    [InlineData(1, "1x1 2x1")]
    [InlineData(6, "1x6 2x3 4x1 6x1 12x1")]
    [InlineData(64, "1x64 2x32 4x16 8x8 16x4 32x2 64x1 128x1")]
    public void Ranks_share_the_cores_as_a_run_shares_them(int cores, string expected)
    {
        NativeLibraries.Load();
        Assert.Equal(
            expected,
            string.Join(' ', Calibrator.OfCores(Machine with { Cores = cores }).Select(share => $"{share.Devices.Length}x{share.Threads}")));
    }

    /// <summary>Of four ranks on two cores two are measured, each of which stands for two that take turns.</summary>
    [Fact]
    public void More_ranks_than_cores_are_measured_as_if_they_took_turns()
    {
        var four = Bench(CPU, CPU, CPU, CPU);
        Assert.Equal((0.5, 2), (four.Turn, four.WithoutTurns().Share.Devices.Length));
        Assert.Equal(1, four.WithoutTurns().Turn);
        var two = Bench(CPU, CPU);
        Assert.Equal((1, two), (two.Turn, two.WithoutTurns()));
        var gpu = new Device(TorchSharp.DeviceType.CUDA, 0);
        Assert.Equal(1, Bench(gpu, gpu, gpu, gpu).Turn);

        static ReferenceBench Bench(params Device[] devices) => new(
            Machine, new MeasuredShare(devices.Length, [.. devices], 1, 1L << 28), new LinkPerformance(1e9, 0), Hasty, CancellationToken.None);
    }

    [Fact]
    public void A_processor_is_told_by_its_first_lines()
    {
        Assert.Equal("AMD EPYC 7", ProcessorModel.Of(["processor\t: 0", "model name\t: AMD EPYC 7", "", "model name\t: other"]));
        Assert.Equal("0x41 0xd0c", ProcessorModel.Of(["CPU implementer\t: 0x41", "CPU part\t: 0xd0c"]));
        Assert.NotEqual("", ProcessorModel.Of([]));
    }
}
