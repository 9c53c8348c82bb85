using System.Collections.Immutable;
using System.Runtime.InteropServices;

namespace ParDsl.Runtime.Collectives.Nccl;

/// <summary>Looks functions up in libraries that were found at run time, and remembers which are in none.</summary>
/// <param name="libraries">The first that has a function gives it.</param>
internal sealed class NativeFunctions(ImmutableArray<IntPtr> libraries)
{
    private readonly List<string> missing = [];

    public IReadOnlyList<string> Missing => missing;

    /// <summary>Null, and among the missing, where no library has it.</summary>
    public IntPtr Get(string name)
    {
        var function = Find(name);
        if (function == IntPtr.Zero)
            missing.Add(name);
        return function;
    }

    /// <summary>Null where no library has it.</summary>
    public IntPtr Find(string name)
    {
        foreach (var library in libraries)
        {
            if (NativeLibrary.TryGetExport(library, name, out var function))
                return function;
        }

        return IntPtr.Zero;
    }
}
