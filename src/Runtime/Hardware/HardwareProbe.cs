using ParDsl.Compiler.Hardware;
using ParDsl.Runtime.Collectives.Nccl;

namespace ParDsl.Runtime.Hardware;

/// <summary>
/// Out: this machine, as far as this process may use it. It asks the system and NVIDIA's management library, never libtorch,
/// and takes a few milliseconds: <c>check</c> and <c>plan</c> call it too.
/// </summary>
public static class HardwareProbe
{
    private const string ThisMachine = "this machine";

    /// <summary>
    /// Cores and memory are those of the container or the affinity mask where these are smaller than the machine.
    /// </summary>
    public static HardwareDescription Probe()
    {
        var gpus = GpuProbe.Probe().Gpus;
        return new(ThisMachine, Environment.ProcessorCount, GC.GetGCMemoryInfo().TotalAvailableMemoryBytes, gpus)
        {
            HasNccl = !gpus.IsEmpty && NcclLibrary.IsThere(),
        };
    }
}
