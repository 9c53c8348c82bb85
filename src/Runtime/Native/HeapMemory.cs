using System.Collections.Immutable;
using System.Runtime.InteropServices;

namespace ParDsl.Runtime.Native;

/// <summary>
/// Lets glibc's heap keep what a step frees for the next step. As it comes, it gives large pieces back to the system at once,
/// and every step pays for thousands of fresh pages.
/// </summary>
internal static partial class HeapMemory
{
    /// <summary>malloc.h's parameter, its value in bytes, and the variable of the environment that sets it.</summary>
    private static readonly ImmutableArray<(int Parameter, int Value, string Variable)> Settings =
    [
        (-1, int.MaxValue, "MALLOC_TRIM_THRESHOLD_"), // M_TRIM_THRESHOLD: free room at a heap's end that is not given back
        (-2, 256 << 20, "MALLOC_TOP_PAD_"), // M_TOP_PAD: more than a thread's heap has, so that none of them is given back
        (-3, 32 << 20, "MALLOC_MMAP_THRESHOLD_"), // M_MMAP_THRESHOLD: the largest piece that a heap may hold
    ];

    /// <summary>For the whole process; what its environment says of the heap stands.</summary>
    /// <returns>Whether the heap took every setting.</returns>
    public static bool KeepFreed()
    {
        var own = Settings.Where(setting => Environment.GetEnvironmentVariable(setting.Variable) is null);
        return own.All(setting => Set(setting.Parameter, setting.Value) == 1);
    }

    [LibraryImport("libc", EntryPoint = "mallopt")]
    private static partial int Set(int parameter, int value);
}
