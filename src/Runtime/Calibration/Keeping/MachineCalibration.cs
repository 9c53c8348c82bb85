using System.Collections.Immutable;
using System.Globalization;
using ParDsl.Compiler.Hardware.Performance;
using ParDsl.Runtime.Native;

namespace ParDsl.Runtime.Calibration.Keeping;

/// <summary>What was measured of a machine, and what it was measured with.</summary>
/// <param name="ParDsl">The version that measured.</param>
/// <param name="Libtorch">The same of libtorch.</param>
public sealed record MachineCalibration(
    MachineFingerprint Machine, string ParDsl, string Libtorch, DateOnly Date, HardwarePerformance Performance)
{
    public static string ParDslVersion => typeof(MachineCalibration).Assembly.GetName().Version!.ToString(3);

    /// <summary>Made by this program, today.</summary>
    internal static MachineCalibration Of(
        MachineFingerprint machine, ImmutableArray<SharedPerformance> shares, LinkPerformance betweenMachines)
    {
        var date = DateOnly.FromDateTime(DateTime.Now);
        return new MachineCalibration(
            machine,
            ParDslVersion,
            NativeFolders.LibtorchVersion,
            date,
            new HardwarePerformance(OriginOf(date), shares, betweenMachines));
    }

    /// <summary>The layers that were measured beside the machine.</summary>
    public int LayerCount => Performance.Shares.SelectMany(share => share.Device.Layers.ByLayer.Keys).Distinct().Count();

    /// <summary>
    /// With what another calibration of the same machine has of specs: their layers, for the same numbers of ranks, and panels.
    /// </summary>
    public MachineCalibration WithSpecsOf(MachineCalibration other) => this with
    {
        Performance = Performance with
        {
            Shares = [.. Performance.Shares.Select(share => WithLayers(share, other))],
            Panels = other.Performance.Panels,
        },
    };

    private static SharedPerformance WithLayers(SharedPerformance share, MachineCalibration other)
    {
        var layers = other.Performance.Shares.FirstOrDefault(one => one.Ranks == share.Ranks)?.Device.Layers;
        return share with { Device = share.Device with { Layers = layers ?? LayerSpeeds.None } };
    }

    /// <summary>How a prediction says where its figures come from.</summary>
    internal static string OriginOf(DateOnly date) =>
        string.Create(CultureInfo.InvariantCulture, $"calibrated on {date:yyyy-MM-dd}");
}
