using System.Diagnostics;
using System.Globalization;

namespace ParDsl.Runtime.Calibration.Measuring;

/// <summary>What others have of this machine's cores while something is measured: other programs, and other machines of its host.</summary>
internal sealed class OtherLoad
{
    private const string File = "/proc/stat";

    /// <summary>The columns of busy time: user, nice, system, irq, softirq, steal (proc(5)).</summary>
    private static readonly int[] BusyColumns = [1, 2, 3, 6, 7, 8];

    /// <summary>The unit of that file, for all programs that read it.</summary>
    private const double TicksPerSecond = 100;

    private readonly long start = Stopwatch.GetTimestamp();
    private readonly double busy = BusySeconds();
    private readonly double own = OwnSeconds();

    /// <summary>Since this was made, of all cores; 0 where the system does not tell.</summary>
    public double Share()
    {
        var elapsed = Stopwatch.GetElapsedTime(start).TotalSeconds * Environment.ProcessorCount;
        var others = BusySeconds() - busy - (OwnSeconds() - own);
        return elapsed > 0 ? Math.Clamp(others / elapsed, 0, 1) : 0;
    }

    /// <summary>Of all programs and cores, since the machine started.</summary>
    private static double BusySeconds()
    {
        try
        {
            var columns = System.IO.File.ReadLines(File).First().Split(' ', StringSplitOptions.RemoveEmptyEntries);
            return BusyColumns.Sum(column => double.Parse(columns[column], CultureInfo.InvariantCulture)) / TicksPerSecond;
        }
        catch (Exception trouble) when (trouble is IOException or UnauthorizedAccessException or FormatException or IndexOutOfRangeException)
        {
            return 0;
        }
    }

    private static double OwnSeconds()
    {
        using var self = Process.GetCurrentProcess();
        return self.TotalProcessorTime.TotalSeconds;
    }
}
