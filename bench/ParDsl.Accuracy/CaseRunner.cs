using System.Diagnostics;
using System.Globalization;

namespace ParDsl.Accuracy;

/// <summary>Starts the processes that measure a case, and reads what they found; one that fails or hangs is told and left out.</summary>
/// <param name="warming">The spec that warms the process up.</param>
internal sealed class CaseRunner(string warming)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <summary>
    /// .NET lets its young objects grow to the size of the last cache before it looks at them, 32 MiB here: more than small
    /// examples have. With 4 MiB, in hexadecimal, what is measured is what the training takes.
    /// </summary>
    private const string YoungHeap = "0x400000";

    /// <summary>
    /// Where what is allocated is watched, 64 KiB: .NET's own tables of what it has yet to look at, which are native memory too,
    /// then stay small.
    /// </summary>
    private const string WatchedYoungHeap = "0x10000";

    /// <summary>glibc counts what its threads' caches keep of freed memory as allocated, some 0.2 MiB a thread.</summary>
    private const string NoThreadCaches = "glibc.malloc.tcache_count=0";

    public Measurement? Measure(Example example, string layout, string words) =>
        Time(example, layout) is { } timed
        && Figures(WatchingProcess.Argument, example, layout, isWatched: true) is [var allocated]
            ? new Measurement(
                example.Name,
                layout,
                words,
                timed.Seconds,
                long.Parse(allocated, CultureInfo.InvariantCulture),
                timed.ResidentBytes,
                timed.Updates)
            : null;

    /// <summary>An update's time alone, and what was resident over so many of them.</summary>
    public (double Seconds, long ResidentBytes, int Updates)? Time(Example example, string layout) =>
        Figures(MeasuringProcess.Argument, example, layout, isWatched: false) is [var seconds, var resident, var updates]
            ? (double.Parse(seconds, CultureInfo.InvariantCulture),
                long.Parse(resident, CultureInfo.InvariantCulture),
                int.Parse(updates, CultureInfo.InvariantCulture))
            : null;

    /// <summary>What a process of its own writes; nothing where it fails.</summary>
    /// <param name="isWatched">
    /// Whether what is allocated counts: .NET then compiles methods once and for all, and not again in the background.
    /// </param>
    private string[] Figures(string argument, Example example, string layout, bool isWatched)
    {
        string[] arguments = [typeof(CaseRunner).Assembly.Location, argument, warming, example.Path, layout];
        var start = new ProcessStartInfo(Environment.ProcessPath!, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["DOTNET_GCgen0size"] = isWatched ? WatchedYoungHeap : YoungHeap;
        if (isWatched)
        {
            start.Environment["DOTNET_GCgen0MaxBudget"] = WatchedYoungHeap;
            start.Environment["DOTNET_gcConcurrent"] = "0";
            start.Environment["DOTNET_TieredCompilation"] = "0";
            start.Environment["GLIBC_TUNABLES"] = NoThreadCaches;
        }

        using var process = Process.Start(start) ?? throw new InvalidOperationException("the process did not start");
        var (figures, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        if (!process.WaitForExit(Patience))
        {
            process.Kill();
            Console.Error.WriteLine($"accuracy: {example.Name} {layout} took longer than {Patience}");
            return [];
        }

        if (process.ExitCode == 0)
            return figures.Result.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        Console.Error.WriteLine($"accuracy: {example.Name} {layout} ended with {process.ExitCode}: {errors.Result.Split('\n')[0]}");
        return [];
    }
}
