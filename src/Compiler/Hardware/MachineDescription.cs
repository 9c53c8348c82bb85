using System.Collections.Immutable;

namespace ParDsl.Compiler.Hardware;

/// <summary>One of several machines.</summary>
/// <param name="Name">The name that reaches it: <c>node-3</c>, or an address.</param>
/// <param name="Cores">Cores that its virtual devices share.</param>
/// <param name="MemoryBytes">Its main memory.</param>
/// <param name="Gpus">Its GPUs; empty on a machine of CPUs.</param>
/// <param name="Slots">The most ranks that it takes; 0 where nothing was said.</param>
public sealed record MachineDescription(
    string Name, int Cores, long MemoryBytes, ImmutableArray<DeviceDescription> Gpus, int Slots);
