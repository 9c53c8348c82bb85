using ParDsl.Compiler.Hardware;
using ParDsl.Compiler.Plans;

namespace ParDsl.Compiler.Planning;

/// <summary>
/// What moves the bytes: NCCL where ranks own GPUs and it is there; else the memory of the one process that sees all
/// devices; else MPI.
/// </summary>
internal static class EngineChoice
{
    public static EnginePlan Of(HardwareDescription hardware, IReadOnlyList<DeviceDescription> devices)
    {
        if (devices.Count == 1)
            return new EnginePlan(EngineKind.Threads, "there is one rank");
        var onGpus = devices[0].Kind == DeviceKind.Cuda;
        if (onGpus && hardware.HasNccl)
            return new EnginePlan(EngineKind.Nccl, "each rank owns a GPU");
        if (!hardware.IsJob && hardware.Machines.IsEmpty)
            return new EnginePlan(EngineKind.Threads, "one process sees all ranks' devices");
        return new EnginePlan(EngineKind.Mpi, onGpus
            ? "the ranks are processes, and no NCCL is there for their GPUs"
            : "the ranks are processes without GPUs");
    }
}
