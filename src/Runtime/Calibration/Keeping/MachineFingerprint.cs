using System.Collections.Immutable;
using System.Globalization;
using ParDsl.Compiler.Hardware;
using ParDsl.Compiler.Plans;

namespace ParDsl.Runtime.Calibration.Keeping;

/// <summary>What tells a machine, as far as a process may use it, from another one whose speed may differ.</summary>
/// <param name="Processor">Its model.</param>
/// <param name="Gpus">Their names, in CUDA's order.</param>
public sealed record MachineFingerprint(string Processor, int Cores, long MemoryBytes, ImmutableArray<string> Gpus)
{
    /// <summary>A kernel's update, or a container's limit, may move the memory by less.</summary>
    private const double SameMemory = 0.1;

    public static MachineFingerprint Of(HardwareDescription machine) =>
        new(ProcessorModel.Read(), machine.Cores, machine.MemoryBytes, [.. machine.Gpus.Select(gpu => gpu.Name)]);

    /// <summary>What <paramref name="other"/> has otherwise: <c>64 cores and not 2</c>; empty where they are the same.</summary>
    public string DifferenceOf(MachineFingerprint other)
    {
        if (other.Processor != Processor)
            return $"`{other.Processor}` and not `{Processor}`";
        if (other.Cores != Cores)
            return string.Create(CultureInfo.InvariantCulture, $"{other.Cores} cores and not {Cores}");
        if (!other.Gpus.SequenceEqual(Gpus))
            return $"{Words(other.Gpus)} and not {Words(Gpus)}";
        return Math.Abs(other.MemoryBytes - MemoryBytes) > SameMemory * MemoryBytes
            ? $"{ByteText.Of(other.MemoryBytes)} of memory and not {ByteText.Of(MemoryBytes)}"
            : "";
    }

    public bool Equals(MachineFingerprint? other) => other is not null && DifferenceOf(other).Length == 0;

    public override int GetHashCode() => HashCode.Combine(Processor, Cores);

    private static string Words(ImmutableArray<string> gpus) => gpus.IsEmpty ? "no GPU" : string.Join(", ", gpus);
}
