using System.Runtime.InteropServices;

namespace ParDsl.Runtime.Native;

/// <summary>
/// The bytes of libtorch's tensors, and of what else native code has allocated and not freed, as glibc counts them: what
/// torch.cuda.max_memory_allocated is for a GPU. What heaps keep of freed memory is not in it.
/// </summary>
public static partial class AllocatedMemory
{
    private const string Library = "libc.so.6";
    private const string Function = "mallinfo2";

    /// <summary>Whether this process's memory is counted: by glibc, since 2.33, where no other allocator stands before its own.</summary>
    public static bool IsCounted { get; } =
        NativeLibrary.TryLoad(Library, out var library) && NativeLibrary.TryGetExport(library, Function, out _) && IsNoticed();

    public static long Now()
    {
        var counts = Count();
        return (long)(counts.InHeaps + counts.Mapped);
    }

    /// <summary>The most that is seen while something runs, each millisecond.</summary>
    public static long Peak(Action work)
    {
        var watch = new AllocatedPeak();
        try
        {
            work();
        }
        finally
        {
            watch.End();
        }

        return watch.End();
    }

    private static unsafe bool IsNoticed()
    {
        const int bytes = 64 << 20;
        var before = Now();
        var piece = NativeMemory.Alloc(bytes);
        var isNoticed = Now() > before + (bytes / 2);
        NativeMemory.Free(piece);
        return isNoticed;
    }

    [LibraryImport(Library, EntryPoint = Function)]
    private static partial Counts Count();

    /// <summary>glibc's <c>struct mallinfo2</c>.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private readonly struct Counts
    {
        private readonly nuint arena;
        private readonly nuint ordblks;
        private readonly nuint smblks;
        private readonly nuint hblks;
        public readonly nuint Mapped; // hblkhd
        private readonly nuint usmblks;
        private readonly nuint fsmblks;
        public readonly nuint InHeaps; // uordblks, over all arenas
        private readonly nuint fordblks;
        private readonly nuint keepcost;
    }
}
