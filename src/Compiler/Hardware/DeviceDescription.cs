using System.Text.Json.Serialization;
using ParDsl.Compiler.Hardware.Performance;

namespace ParDsl.Compiler.Hardware;

/// <summary>One device that a rank can own.</summary>
/// <param name="Index">Its number among the devices of its kind on its machine, as libtorch counts: <c>cuda:1</c>.</param>
/// <param name="MemoryBytes">What it holds; for a virtual device its share of the machine's memory.</param>
/// <param name="Threads">The intra-operation threads of a virtual device; 1 for a GPU.</param>
public sealed record DeviceDescription(DeviceKind Kind, int Index, string Name, long MemoryBytes, int Threads)
{
    /// <summary>
    /// What libtorch keeps for each thread that calls it: its thread-local variables, as the size of their block in
    /// libtorch_cpu.so 2.10 says.
    /// </summary>
    private const long ThreadBytes = 26_400;

    /// <summary>
    /// What a rank on cores was seen to hold beside the elements of tensors, whatever it trains: handles, views, autograd's
    /// nodes, and .NET's own of its threads. A GPU has none of it: it lies in main memory.
    /// </summary>
    private const long RankBytes = 64 << 10;

    /// <summary>What a rank holds there beside all that it trains.</summary>
    public long OwnBytes => Kind == DeviceKind.VirtualCpu ? RankBytes + (Threads * ThreadBytes) : 0;

    /// <summary>The position of its machine among the machines; 0 where there is one.</summary>
    public int Machine { get; init; }

    /// <summary>The cores of its machine, which the ranks there share; 0 for a GPU.</summary>
    public int Cores { get; init; }

    /// <summary>What products ask for on the threads of a virtual device, as far as its machine's calibration has it.</summary>
    [JsonIgnore] // It comes with the calibration wherever a device is sent to.
    public PanelSizes Panels { get; init; } = PanelSizes.None;
}
