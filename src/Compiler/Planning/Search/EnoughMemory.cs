using System.Collections.Immutable;
using ParDsl.Compiler.Checked;
using ParDsl.Compiler.Hardware;
using ParDsl.Compiler.Hardware.Performance;
using ParDsl.Compiler.Layers;
using ParDsl.Compiler.Plans;

namespace ParDsl.Compiler.Planning.Search;

/// <summary>What would hold a program that fits its devices in no layout: more of them, larger ones, or smaller micro-batches.</summary>
internal sealed class EnoughMemory
{
    private const int MostAccumulation = 256;

    private readonly CheckedProgram program;
    private readonly HardwarePerformance performance;
    private readonly ImmutableArray<DeviceDescription> devices;
    private readonly int machines;

    /// <param name="devices">All there are.</param>
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
        if (LeastHardware.Of(program, performance, devices) is { } count)
            yield return More(count);
        yield return Larger(least);
        if (keepsBatch && Accumulation() is { } accumulate)
            yield return $"smaller micro-batches, by `accumulate {accumulate}` in `train`";
    }

    private bool IsOnCores => devices[0].Kind == DeviceKind.VirtualCpu;

    private string More(int count) => IsOnCores
        ? $"{count / devices.Length * machines} machines like {(machines == 1 ? "this one" : "these")}"
        : $"{count} devices like these";

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
    private long? Accumulation()
    {
        if (LayerCatalogue.LearnsFromStatistics(program.Model))
            return null;
        for (var factor = 2L; factor <= MostAccumulation; factor *= 2)
        {
            var accumulate = program.Training.Accumulate * factor;
            var smaller = program with { Training = program.Training with { Accumulate = accumulate } };
            if (program.Training.GlobalBatch % accumulate == 0 && LeastHardware.Fits(smaller, performance, devices))
                return accumulate;
        }

        return null;
    }
}
