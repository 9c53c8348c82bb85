using System.Collections.Immutable;
using ParDsl.Compiler.Checked;
using ParDsl.Compiler.Hardware;
using ParDsl.Compiler.Hardware.Performance;
using ParDsl.Compiler.Plans;

namespace ParDsl.Compiler.Planning.Search;

/// <summary>What would hold a program that fits its devices in no layout: more of them, larger ones, or smaller micro-batches.</summary>
internal sealed class EnoughMemory
{
    private readonly CheckedProgram program;
    private readonly HardwarePerformance performance;
    private readonly ImmutableArray<DeviceDescription> devices;
    private readonly int machines;

    /// <param name="devices">Those that do not hold it, each with its share of a machine.</param>
    public EnoughMemory(CheckedProgram program, HardwarePerformance performance, ImmutableArray<DeviceDescription> devices)
    {
        (this.program, this.performance, this.devices) = (program, performance, devices);
        machines = devices.Select(device => device.Machine).Distinct().Count();
    }

    /// <summary>Each in words, at least one.</summary>
    /// <param name="least">The layout that comes nearest to fitting.</param>
    /// <param name="keepsBatch">Whether the batch is the user's: that of <c>batch auto</c> has a sample for each micro-batch.</param>
    public IEnumerable<string> Words(LayoutTrialResult least, bool keepsBatch)
    {
        if (More() is { } more)
            yield return more;
        yield return Larger(least);
        if (keepsBatch && Accumulation() is { } accumulate)
            yield return $"smaller micro-batches, by `accumulate {accumulate}` in `train`";
    }

    private bool IsOnCores => devices[0].Kind == DeviceKind.VirtualCpu;

    /// <summary>How many of the same devices, in words; null where thousands would not do.</summary>
    public string? More()
    {
        if (LeastHardware.Of(program, performance, devices) is not { } count)
            return null;
        return IsOnCores
            ? $"{count / devices.Length * machines} machines like {(machines == 1 ? "this one" : "these")}"
            : $"{count} devices like these";
    }

    /// <summary>Ranks on cores share a machine's memory, and their number is free.</summary>
    private string Larger(LayoutTrialResult least)
    {
        var bytes = least.Candidate.MemoryBytes;
        if (!IsOnCores)
            return $"devices with {ByteText.Of(bytes)}";
        var machine = ByteText.Of(bytes * (least.Option.Degrees.WorldSize / machines));
        return machines == 1 ? $"a machine with {machine}" : $"machines with {machine}";
    }

    /// <summary>The least for which a layout fits; null where none up to a great one is enough, or where it is part of what is learned.</summary>
    private long? Accumulation() => SmallerMicroBatches.Of(program)
        .Where(smaller => smaller.Training.GlobalBatch % smaller.Training.Accumulate == 0)
        .FirstOrDefault(smaller => LeastHardware.Fits(smaller, performance, devices))?.Training.Accumulate;
}
