using System.Globalization;
using System.Runtime.InteropServices;

namespace ParDsl.Benchmarks.Memory;

/// <summary>How much of this process lies in main memory, as Linux counts it.</summary>
internal static partial class ResidentMemory
{
    /// <summary>Now, in bytes; what the heaps of .NET and libtorch keep for later is given back before.</summary>
    public static long Settled()
    {
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        _ = Trim(0);
        return Read("VmRSS:");
    }

    /// <summary>The most while something runs, in bytes.</summary>
    public static long Peak(Action work)
    {
        // proc(5): 5 sets the peak back to what is there now.
        File.WriteAllText("/proc/self/clear_refs", "5");
        work();
        return Read("VmHWM:");
    }

    private static long Read(string name)
    {
        var line = File.ReadLines("/proc/self/status").First(line => line.StartsWith(name, StringComparison.Ordinal));
        return 1024 * long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[^2], CultureInfo.InvariantCulture);
    }

    [LibraryImport("libc", EntryPoint = "malloc_trim")]
    private static partial int Trim(nuint padding);
}
