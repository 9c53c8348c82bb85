using System.Collections.Immutable;
using System.Globalization;
using ParDsl.Compiler.Hardware;
using ParDsl.Compiler.Hardware.Performance;
using ParDsl.Runtime.Calibration.Keeping;
using ParDsl.Runtime.Calibration.Measuring;
using ParDsl.Runtime.Native;
using static TorchSharp.torch;

namespace ParDsl.Runtime.Calibration;

/// <summary>
/// Measures how fast this machine is for as many ranks as its cores may be shared by, or for a rank on each of its GPUs. It
/// takes a minute or two, in which nothing else should run.
/// </summary>
public static class Calibrator
{
    /// <summary>
    /// Between machines nothing is measured, since there is one: the figures of Ethernet of 10 Gbit/s and its usual time for a
    /// small message over TCP.
    /// </summary>
    private static readonly LinkPerformance AssumedNetwork = new(1.25e9, 30e-6);

    /// <summary>Less than this is a system's own work.</summary>
    private const double NoticedShare = 0.05;

    /// <param name="progress">Told in words what is measured next, and what to know of it.</param>
    /// <exception cref="OperationCanceledException">The token said so.</exception>
    /// <exception cref="RunFailedException">The native libraries are not as they should be.</exception>
    public static MachineCalibration Run(
        HardwareDescription machine, Action<string> progress, CancellationToken cancellation) =>
        Run(machine, MeasuringPace.For, progress, cancellation);

    /// <param name="paceFor">So many numbers of ranks.</param>
    internal static MachineCalibration Run(
        HardwareDescription machine, Func<int, MeasuringPace> paceFor, Action<string> progress, CancellationToken cancellation)
    {
        NativeLibraries.Load();
        var uncalibrated = machine with { Performance = null };
        var shares = machine.Gpus.IsEmpty ? OfCores(machine) : OfGpus(machine);
        var pace = paceFor(shares.Length);
        var load = new OtherLoad();
        var measured = shares.Select((share, index) =>
        {
            progress($"{index + 1} of {shares.Length}: {share.Words}");
            var call = CallMeasure.Seconds(uncalibrated, share.Devices.Length, pace, cancellation);
            var kernels = Kernels(share, isFirst: index == 0, call);
            return ShareMeasure.InTraining(new ReferenceBench(uncalibrated, share, AssumedNetwork, pace, cancellation), kernels);
        }).ToImmutableArray();
        if (load.Share() is > NoticedShare and var others)
            progress(Disturbed(others));
        // A rank alone talks to nobody; what it would say to one is what two ranks say to each other.
        var alone = measured.FirstOrDefault(share => share.Ranks > 1)?.Link;
        return MachineCalibration.Of(
            MachineFingerprint.Of(machine),
            [.. measured.Select(share => share.Ranks == 1 && alone is not null ? share with { Link = alone } : share)],
            AssumedNetwork);

        SharedPerformance Kernels(MeasuredShare share, bool isFirst, double call)
        {
            using var team = new RankTeam(share.Devices, share.Threads, pace, cancellation);
            if (isFirst)
                Warming.Run(team);
            return ShareMeasure.Kernels(team, share.Ranks, machine.HasNccl, call);
        }
    }

    private static string Disturbed(double share) => string.Create(
        CultureInfo.InvariantCulture,
        $"other programs had {100 * share:0} % of the cores meanwhile: figures may be too low, measure again when they have ended");

    /// <summary>1, 2, 4 and so on up to a rank a core, and once beyond it.</summary>
    internal static ImmutableArray<MeasuredShare> OfCores(HardwareDescription machine)
    {
        var counts = Enumerable.Range(0, 30).Select(power => 1 << power).TakeWhile(count => count < machine.Cores)
            .Append(machine.Cores).Append(2 * machine.Cores);
        return
        [
            .. counts.Select(count => new MeasuredShare(
                count,
                [.. Enumerable.Repeat(CPU, count)],
                Math.Max(1, machine.Cores / count),
                machine.MemoryBytes / count)),
        ];
    }

    /// <summary>All at once: how many of them work makes no difference to each.</summary>
    private static ImmutableArray<MeasuredShare> OfGpus(HardwareDescription machine) =>
    [
        new MeasuredShare(
            Ranks: 0,
            [.. machine.Gpus.Select(gpu => new Device(TorchSharp.DeviceType.CUDA, gpu.Index))],
            Threads: 1,
            machine.Gpus.Min(gpu => gpu.MemoryBytes)),
    ];
}
