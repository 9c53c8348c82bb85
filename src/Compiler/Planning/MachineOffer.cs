using System.Collections.Immutable;
using ParDsl.Compiler.Hardware;

namespace ParDsl.Compiler.Planning;

/// <summary>What one machine offers to a layout.</summary>
/// <param name="Gpus">Its GPUs in the order of their ranks; empty where virtual devices are to stand in.</param>
/// <param name="Capacity">The most ranks that it takes; 0 where virtual devices stand in for as many as are needed.</param>
internal sealed record MachineOffer(MachineDescription Machine, ImmutableArray<DeviceDescription> Gpus, int Capacity);
