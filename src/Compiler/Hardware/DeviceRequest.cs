using System.Collections.Immutable;

namespace ParDsl.Compiler.Hardware;

/// <summary>
/// What the command line asks for: <c>--gpus N</c>, <c>--devices 0,2</c>, <c>--require-gpu</c>, <c>--nodes N</c>. Where there
/// are several machines, the devices are those of each.
/// </summary>
/// <param name="Count">The devices asked for on each machine; 0 where nothing was said.</param>
/// <param name="Indices">The GPUs asked for by number; empty where nothing was said.</param>
/// <param name="RequireGpu">Whether virtual devices may not stand in.</param>
public sealed record DeviceRequest(int Count, ImmutableArray<int> Indices, bool RequireGpu)
{
    public static readonly DeviceRequest Unstated = new(0, [], false);

    /// <summary>So many machines, whatever the program says: for what compares layouts where they run now.</summary>
    public static DeviceRequest OnMachines(int count) => Unstated with { Nodes = count };

    /// <summary>The machines asked for, instead of the program's <c>nodes</c>; 0 where nothing was said.</summary>
    public int Nodes { get; init; }
}
