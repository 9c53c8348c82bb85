using System.Collections.Immutable;

namespace ParDsl.Compiler.Hardware;

/// <summary>
/// The machine as the planner sees it: a value, so that a plan for hardware that is not there can be made anywhere.
/// </summary>
/// <param name="Cores">Cores that virtual devices share.</param>
/// <param name="MemoryBytes">The machine's main memory.</param>
/// <param name="Gpus">The GPUs that are there; empty on a machine of CPUs.</param>
public sealed record HardwareDescription(string Name, int Cores, long MemoryBytes, ImmutableArray<DeviceDescription> Gpus);
