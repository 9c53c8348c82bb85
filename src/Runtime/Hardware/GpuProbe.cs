using System.Collections.Immutable;
using System.Runtime.InteropServices;
using ParDsl.Compiler.Hardware;

namespace ParDsl.Runtime.Hardware;

/// <summary>
/// Asks NVIDIA's management library (NVML), which the driver brings along, for the GPUs. Without a driver there are
/// none.
/// </summary>
/// <remarks>
/// NVML counts in the order of the PCI bus. CUDA does so too where all GPUs are alike; with different ones it puts the fastest
/// first, unless CUDA_DEVICE_ORDER=PCI_BUS_ID.
/// </remarks>
public static class GpuProbe
{
    private const string Library = "libnvidia-ml.so.1";

    /// <summary>CUDA's own variable: the GPUs that a process sees, and their order.</summary>
    private const string VisibleVariable = "CUDA_VISIBLE_DEVICES";

    /// <summary>
    /// The kernel module's device. Where it is missing no driver is loaded, and looking for the library, which costs a walk
    /// over all library folders, can be spared.
    /// </summary>
    private static readonly ImmutableArray<string> DriverMarks = ["/dev/nvidiactl", "/dev/dxg", "/proc/driver/nvidia/version"];

    public static GpuFindings Probe()
    {
        if (!DriverMarks.Any(File.Exists))
            return GpuFindings.None;
        if (!NativeLibrary.TryLoad(Library, out var handle))
            return new GpuFindings([], "", $"the driver's device is there, and its library {Library} does not load");
        try
        {
            return Ask(new ManagementLibrary(handle));
        }
        catch (EntryPointNotFoundException missing)
        {
            return new GpuFindings([], "", $"{Library} is too old: {missing.Message}");
        }
        finally
        {
            NativeLibrary.Free(handle);
        }
    }

    private static GpuFindings Ask(ManagementLibrary library)
    {
        if (library.Start() is { Length: > 0 } trouble)
            return new GpuFindings([], "", trouble);
        try
        {
            var all = Enumerable.Range(0, library.Count()).Select(library.Describe).ToImmutableArray();
            var visible = VisibleGpus.Select(all, Environment.GetEnvironmentVariable(VisibleVariable));
            return new GpuFindings([.. visible.Select(Device)], library.DriverVersion(), "");
        }
        finally
        {
            library.Stop();
        }
    }

    private static DeviceDescription Device(ManagedGpu gpu, int index) =>
        new(DeviceKind.Cuda, index, gpu.Name, gpu.MemoryBytes, Threads: 1);
}
