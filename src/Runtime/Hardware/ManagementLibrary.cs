using System.Runtime.InteropServices;
using System.Text;

namespace ParDsl.Runtime.Hardware;

/// <summary>The six functions of NVML that are needed here (nvml.h; each returns 0 when it worked).</summary>
internal sealed unsafe class ManagementLibrary(IntPtr handle)
{
    private const int TextBytes = 96;

    private readonly delegate* unmanaged<int> start = (delegate* unmanaged<int>)Export(handle, "nvmlInit_v2");
    private readonly delegate* unmanaged<int> stop = (delegate* unmanaged<int>)Export(handle, "nvmlShutdown");
    private readonly delegate* unmanaged<int, byte*> errorText =
        (delegate* unmanaged<int, byte*>)Export(handle, "nvmlErrorString");

    /// <summary>The driver's own words where it does not answer; else empty.</summary>
    public string Start()
    {
        var result = start();
        return result == 0 ? "" : Marshal.PtrToStringUTF8((IntPtr)errorText(result)) ?? "the driver does not answer";
    }

    public void Stop() => _ = stop();

    public int Count()
    {
        var count = 0u;
        var ask = (delegate* unmanaged<uint*, int>)Export(handle, "nvmlDeviceGetCount_v2");
        return ask(&count) == 0 ? (int)count : 0;
    }

    public string DriverVersion()
    {
        var ask = (delegate* unmanaged<byte*, uint, int>)Export(handle, "nvmlSystemGetDriverVersion");
        var text = stackalloc byte[TextBytes];
        return ask(text, TextBytes) == 0 ? Text(text) : "";
    }

    public ManagedGpu Describe(int index)
    {
        var ask = (delegate* unmanaged<uint, IntPtr*, int>)Export(handle, "nvmlDeviceGetHandleByIndex_v2");
        IntPtr device;
        return ask((uint)index, &device) == 0
            ? new ManagedGpu(Text(device, "nvmlDeviceGetName"), Text(device, "nvmlDeviceGetUUID"), Memory(device))
            : new ManagedGpu("unknown GPU", "", 0);
    }

    private long Memory(IntPtr device)
    {
        var memory = stackalloc ulong[3]; // nvmlMemory_t: total, free, used
        var ask = (delegate* unmanaged<IntPtr, ulong*, int>)Export(handle, "nvmlDeviceGetMemoryInfo");
        return ask(device, memory) == 0 ? (long)memory[0] : 0;
    }

    private string Text(IntPtr device, string function)
    {
        var ask = (delegate* unmanaged<IntPtr, byte*, uint, int>)Export(handle, function);
        var text = stackalloc byte[TextBytes];
        return ask(device, text, TextBytes) == 0 ? Text(text) : "";
    }

    private static string Text(byte* text) => Encoding.UTF8.GetString(MemoryMarshal.CreateReadOnlySpanFromNullTerminated(text));

    private static IntPtr Export(IntPtr library, string name) => NativeLibrary.GetExport(library, name);
}
