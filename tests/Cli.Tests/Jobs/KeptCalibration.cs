using ParDsl.Compiler.Hardware.Performance;
using ParDsl.Runtime.Calibration.Keeping;
using ParDsl.Runtime.Hardware;

namespace ParDsl.Cli.Tests.Jobs;

/// <summary>A calibration of this machine with all its cores, whose figures nobody has measured: of interest is whether it is trusted.</summary>
internal static class KeptCalibration
{
    private static readonly RateCurve Flat = new([new RatePoint(1, 1e9)]);

    public static void Write(string file) => CalibrationStore.Keep(
        file,
        MachineCalibration.Of(MachineFingerprint.Of(HardwareProbe.Machine()), [Share(1), Share(2), Share(4)], new LinkPerformance(1e9, 3e-5)));

    private static SharedPerformance Share(int ranks)
    {
        var rates = new PrecisionRates(Flat, Flat, Flat, Flat);
        return new(ranks, new DevicePerformance(rates, rates, Flat, 1e9, 1e-6), new LinkPerformance(1e9, 1e-5));
    }
}
