using ParDsl.Compiler.Hardware;
using ParDsl.Compiler.Hardware.Known;
using ParDsl.Runtime.Calibration.Keeping;
using ParDsl.Runtime.Collectives.Nccl;

namespace ParDsl.Runtime.Hardware;

/// <summary>
/// Out: this machine, as far as this process may use it. It asks the system and NVIDIA's management library, never libtorch,
/// and takes a few milliseconds, since <c>plan</c> calls it too. How fast it is comes from the calibration that is kept,
/// or for GPUs of a known name from their data sheet.
/// </summary>
public static class HardwareProbe
{
    private const string ThisMachine = "this machine";

    public static HardwareDescription Probe() => Look().Hardware;

    /// <summary>The same, with what the user should hear of it.</summary>
    public static ProbedHardware Look()
    {
        var machine = Machine();
        var kept = CalibrationStore.Find(machine);
        return new ProbedHardware(machine with { Performance = kept.Calibration?.Performance ?? KnownHardware.PerformanceOf(machine.Gpus) }, kept.Warning);
    }

    /// <summary>
    /// Without a calibration. Cores and memory are those of the container or the affinity mask where these are smaller than
    /// the machine.
    /// </summary>
    public static HardwareDescription Machine()
    {
        var gpus = GpuProbe.Probe().Gpus;
        return new(ThisMachine, Environment.ProcessorCount, GC.GetGCMemoryInfo().TotalAvailableMemoryBytes, gpus)
        {
            HasNccl = !gpus.IsEmpty && NcclLibrary.IsThere(),
        };
    }
}
