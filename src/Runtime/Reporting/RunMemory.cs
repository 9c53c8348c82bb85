using ParDsl.Compiler.Hardware;
using ParDsl.Compiler.Plans;
using ParDsl.Runtime.Native;
using ParDsl.Runtime.Timelines;

namespace ParDsl.Runtime.Reporting;

/// <summary>
/// What a run's ranks allocate, over what was there before them: watched in some updates, when all that stays is made. It is known
/// where all ranks are threads of this process and on cores, and glibc counts.
/// </summary>
internal sealed class RunMemory(ExecutionPlan plan)
{
    /// <summary>After those whose actions are timed, which nothing shall disturb.</summary>
    private const int FirstUpdate = UpdateTimeline.LastUpdate + 1;

    private const int LastUpdate = FirstUpdate + 9;

    private readonly bool isKnown =
        !plan.Hardware.IsJob && AllocatedMemory.IsCounted && plan.Ranks.All(rank => rank.Device.Kind == DeviceKind.VirtualCpu);

    private long? before;
    private AllocatedPeak? watch;

    /// <summary>In bytes; null where it is not known, or the run has not come so far.</summary>
    public long? Peak { get; private set; }

    /// <summary>The libraries are there, and nothing of the ranks.</summary>
    /// <exception cref="RunFailedException">The native libraries are not as they should be.</exception>
    public void RanksBegin()
    {
        NativeLibraries.Load();
        if (isKnown)
            before = AllocatedMemory.Now();
    }

    /// <param name="updates">That this process has done.</param>
    public void StepDone(long updates)
    {
        if (updates == FirstUpdate - 1 && before is not null)
            watch = new AllocatedPeak();
        else if (updates == LastUpdate && watch is { } seen && before is { } least)
            Peak = Math.Max(0, seen.End() - least);
    }

    /// <summary>The run ends, whether it has come so far or not.</summary>
    public void End() => watch?.End();
}
