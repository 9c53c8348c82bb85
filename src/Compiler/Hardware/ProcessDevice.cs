namespace ParDsl.Compiler.Hardware;

/// <summary>What one process of a job has found where it runs: a rank's device, and the machine around it.</summary>
/// <param name="Host">The machine's name; processes with the same one share its cores.</param>
/// <param name="Gpu">The GPU that the process owns, as it counts them; null where it runs on cores.</param>
/// <param name="Cores">Of the machine: all that its processes may use together.</param>
/// <param name="MemoryBytes">All memory of the machine.</param>
public sealed record ProcessDevice(string Host, DeviceDescription? Gpu, int Cores, long MemoryBytes)
{
    /// <summary>The cores that are its own share, where a launcher divides them; 0: as many as each other process there.</summary>
    public int Threads { get; init; }
}
