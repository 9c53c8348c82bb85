using System.Collections.Immutable;
using ParDsl.Compiler.Checked;
using ParDsl.Compiler.Hardware;
using ParDsl.Compiler.Hardware.Performance;
using ParDsl.Runtime.Calibration.Keeping;

namespace ParDsl.Runtime.Tests.Calibration;

/// <summary>A machine and a calibration of it, every figure another.</summary>
internal static class Figures
{
    public static readonly HardwareDescription Machine = new(
        "here", 6, 32L << 30, [new DeviceDescription(DeviceKind.Cuda, 0, "A100", 80L << 30, 1)]);

    public static readonly PanelSizes Panels = new(
    [
        (new WeightProduct(Precision.Float32, ProductKind.Output, Rows: 8, Inputs: 6, Outputs: 4, Threads: 2), 4_260_096),
        (new WeightProduct(Precision.Float32, ProductKind.WeightGradient, Rows: 8, Inputs: 6, Outputs: 4, Threads: 2), 0),
        (new WeightProduct(Precision.BFloat16, ProductKind.InputGradient, Rows: 16, Inputs: 6, Outputs: 4, Threads: 1), 70_000),
    ]);

    public static MachineCalibration Calibration(HardwareDescription? machine = null)
    {
        var calibration = MachineCalibration.Of(
            MachineFingerprint.Of(machine ?? Machine), [Share(1), Share(2), Share(4)], new LinkPerformance(1e9, 3e-5));
        return calibration with { Performance = calibration.Performance with { Panels = Panels } };
    }

    private static SharedPerformance Share(int ranks) => new(
        ranks,
        new DevicePerformance(Rates(ranks), Rates(10 * ranks), Curve(100 * ranks), 1.5e9 / ranks, 1e-6 * ranks)
        {
            Updates = Curve(1000 * ranks),
            AttentionShare = 1.0 / (1 + ranks),
            Layers = LayerSpeeds.Of([("linear 8 | [6]", new LayerSpeed(ranks, 1e-3 * ranks, 3e-3 / ranks)), ("relu | [8]", new LayerSpeed(2, 1e-4, 0))]),
        },
        new LinkPerformance(2.5e9 / ranks, 1e-5 * ranks) { HandOverSeconds = (ranks - 1) * 1e-4, MessageSeconds = (ranks - 1) * 1e-5 });

    private static PrecisionRates Rates(double factor) =>
        new(Curve(factor), Curve(2 * factor), Curve(3 * factor), Curve(4 * factor));

    private static RateCurve Curve(double factor) =>
        new([.. ((double[])[1, 64, 4096]).Select(size => new RatePoint(size, 1.1e9 * size * factor))]);

    /// <summary>All figures of a performance, curve after curve.</summary>
    public static ImmutableArray<double> All(HardwarePerformance performance) =>
    [
        .. performance.Shares.SelectMany(share => (double[])
        [
            .. Curves(share.Device).SelectMany(curve => curve.Points).SelectMany(point => (double[])[point.Size, point.PerSecond]),
            share.Device.SpecialsPerSecond,
            share.Device.OperationSeconds,
            share.Device.AttentionShare,
            .. share.Device.Layers.ByLayer.Values.SelectMany(speeds => speeds).SelectMany(Of),
            share.Link.BytesPerSecond,
            share.Link.LatencySeconds,
            share.Ranks > 1 ? share.Link.HandOverSeconds : 1,
            share.Ranks > 1 ? share.Link.MessageSeconds : 1,
        ]),
        performance.BetweenMachines.BytesPerSecond,
        performance.BetweenMachines.LatencySeconds,
    ];

    /// <summary>A layer that learns nothing has nothing to do backward.</summary>
    private static double[] Of(LayerSpeed speed) =>
        [speed.Samples, speed.ForwardSeconds, speed.BackwardSeconds > 0 ? speed.BackwardSeconds : 1];

    public static IEnumerable<RateCurve> Curves(DevicePerformance device) =>
        ((PrecisionRates[])[device.Products, device.Convolutions])
            .SelectMany(rates => (RateCurve[])[rates.Float64, rates.Float32, rates.BFloat16, rates.Float16])
            .Append(device.Memory)
            .Append(device.Updates);
}
