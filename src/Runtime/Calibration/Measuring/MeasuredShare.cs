using System.Collections.Immutable;
using System.Globalization;
using static TorchSharp.torch;

namespace ParDsl.Runtime.Calibration.Measuring;

/// <summary>So many ranks that are measured together.</summary>
/// <param name="Ranks">As <c>SharedPerformance</c> counts them; 0: their number makes no difference.</param>
/// <param name="Devices">Each rank's.</param>
/// <param name="Threads">Of each rank.</param>
/// <param name="MemoryBytes">Of each rank.</param>
internal sealed record MeasuredShare(int Ranks, ImmutableArray<Device> Devices, int Threads, long MemoryBytes)
{
    public string Words => string.Create(
        CultureInfo.InvariantCulture, $"{Count(Devices.Length, Ranks == 0 ? "GPU" : "rank")}, {Count(Threads, "thread")} each");

    private static string Count(int number, string noun) =>
        string.Create(CultureInfo.InvariantCulture, $"{number} {noun}{(number == 1 ? "" : "s")}");
}
