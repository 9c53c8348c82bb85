using System.Collections.Immutable;
using ParDsl.Compiler.Plans;
using ParDsl.Runtime.Hardware;
using ParDsl.Runtime.Native;

namespace ParDsl.Runtime.Doctor;

/// <summary>The GPUs, the driver under them, and whether the libtorch that is here can use them.</summary>
internal static class GpuChecks
{
    private const string Topic = "GPUs";

    public static ImmutableArray<DoctorFinding> Run(GpuFindings found, bool hasCudaBuild)
    {
        if (found.Trouble.Length > 0)
        {
            const string Remedy = "run `nvidia-smi`; after an update of the driver, restart the machine";
            return [DoctorFinding.Problem(Topic, found.Trouble, Remedy)];
        }

        if (found.Gpus.IsEmpty)
            return [DoctorFinding.Ok(Topic, "none; virtual CPU devices stand in")];
        var names = string.Join(
            ", ", found.Gpus.Select(gpu => $"{gpu.Index}: {gpu.Name} with {ByteText.Of(gpu.MemoryBytes)}"));
        return
        [
            hasCudaBuild
                ? DoctorFinding.Ok(Topic, names)
                : DoctorFinding.Warning(
                    Topic,
                    $"{names}; libtorch is the CPU build and cannot use them",
                    $"set {NativeFolders.OverrideVariable} to the folder of libtorch {NativeFolders.LibtorchVersion} for CUDA"),
            DoctorFinding.Ok("NVIDIA driver", found.DriverVersion),
        ];
    }
}
