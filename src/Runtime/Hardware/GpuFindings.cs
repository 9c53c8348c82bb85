using System.Collections.Immutable;
using ParDsl.Compiler.Hardware;

namespace ParDsl.Runtime.Hardware;

/// <summary>The GPUs that this process may use, numbered as CUDA numbers them, and the driver under them.</summary>
/// <param name="DriverVersion">Empty where no driver answers.</param>
/// <param name="Trouble">What the driver said instead of naming its GPUs; empty where all is well or nothing is there.</param>
public sealed record GpuFindings(ImmutableArray<DeviceDescription> Gpus, string DriverVersion, string Trouble)
{
    public static readonly GpuFindings None = new([], "", "");
}
