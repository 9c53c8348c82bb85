using System.Collections.Frozen;
using System.Diagnostics;
using System.Globalization;
using ParDsl.Runtime.Hardware;

namespace ParDsl.Runtime.Calibration.Measuring;

/// <summary>
/// What others have of the cores that this process may run on while something is measured: other programs, and other machines of
/// the host where the system tells.
/// </summary>
internal sealed class OtherLoad
{
    private const string File = "/proc/stat";

    /// <summary>The columns of busy time: user, nice, system, irq, softirq, steal (proc(5)).</summary>
    private static readonly int[] BusyColumns = [1, 2, 3, 6, 7, 8];

    /// <summary>The unit of that file, for all programs that read it.</summary>
    private const double TicksPerSecond = 100;

    /// <summary>The names of their lines there; empty where the system does not tell.</summary>
    private static readonly FrozenSet<string> Cores =
        CoreNumbers.Of(CoreNumbers.Own()).Select(core => string.Create(CultureInfo.InvariantCulture, $"cpu{core}")).ToFrozenSet();

    private readonly long start = Stopwatch.GetTimestamp();
    private readonly double busy = BusySeconds();
    private readonly double own = OwnSeconds();

    /// <summary>Since this was made, of all these cores; 0 where the system does not tell.</summary>
    public double Share()
    {
        var elapsed = Stopwatch.GetElapsedTime(start).TotalSeconds * Cores.Count;
        var others = BusySeconds() - busy - (OwnSeconds() - own);
        return elapsed > 0 ? Math.Clamp(others / elapsed, 0, 1) : 0;
    }

    /// <summary>Of all programs on these cores, since the machine started.</summary>
    private static double BusySeconds()
    {
        try
        {
            var ticks = from line in System.IO.File.ReadLines(File)
                        let columns = line.Split(' ', StringSplitOptions.RemoveEmptyEntries)
                        where columns.Length > 0 && Cores.Contains(columns[0])
                        from column in BusyColumns
                        select double.Parse(columns[column], CultureInfo.InvariantCulture);
            return ticks.Sum() / TicksPerSecond;
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
