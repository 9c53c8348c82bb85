namespace ParDsl.Compiler.Hardware;

/// <summary>What one process of a job has found where it runs: a rank's device, and the machine around it.</summary>
/// <param name="Host">The machine's name; processes with the same one share its cores.</param>
/// <param name="Gpu">The GPU that the process owns, as it counts them; null where it runs on cores.</param>
/// <param name="Cores">All cores of the machine.</param>
/// <param name="MemoryBytes">All memory of the machine.</param>
public sealed record ProcessDevice(string Host, DeviceDescription? Gpu, int Cores, long MemoryBytes);
