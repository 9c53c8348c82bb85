using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using ParDsl.Compiler.Hardware.Performance;
using ParDsl.Runtime.Calibration.Keeping;

namespace ParDsl.Runtime.Jobs;

/// <summary>
/// How fast a job's machines are: as the first one was measured, where the others are like it. All processes come to the same
/// figures, since they plan with them.
/// </summary>
internal static class JobPerformance
{
    /// <summary>
    /// Null where the first machine has no calibration, or another one is not like it: then no time is predicted but that of GPUs by
    /// their data sheet.
    /// </summary>
    public static HardwarePerformance? Of(ImmutableArray<ProcessReport> reports)
    {
        var first = reports[0];
        if (first.Calibration.Length == 0 || !reports.All(report => Equals(report.Machine, first.Machine)))
            return null;
        using var document = JsonDocument.Parse(first.Calibration);
        var performance = CalibrationText.Read(document.RootElement)!.Performance;
        return reports.All(report => report.Member.Host == first.Member.Host)
            ? performance
            : performance with { Origin = $"{performance.Origin} on {first.Member.Host}, {Assumed(performance.BetweenMachines)}" };
    }

    /// <summary>"with 10 Gbit/s and 30 us assumed between machines".</summary>
    private static string Assumed(LinkPerformance link) => string.Create(
        CultureInfo.InvariantCulture,
        $"with {link.BytesPerSecond * 8 / 1e9:0.#} Gbit/s and {link.LatencySeconds * 1e6:0.#} us assumed between machines");
}
