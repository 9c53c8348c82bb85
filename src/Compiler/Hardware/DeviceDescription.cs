namespace ParDsl.Compiler.Hardware;

/// <summary>One device that a rank can own.</summary>
/// <param name="Index">Its number among the devices of its kind on its machine, as libtorch counts: <c>cuda:1</c>.</param>
/// <param name="MemoryBytes">What it holds; for a virtual device its share of the machine's memory.</param>
/// <param name="Threads">The intra-operation threads of a virtual device; 1 for a GPU.</param>
public sealed record DeviceDescription(DeviceKind Kind, int Index, string Name, long MemoryBytes, int Threads)
{
    /// <summary>The position of its machine among the machines; 0 where there is one.</summary>
    public int Machine { get; init; }
}
