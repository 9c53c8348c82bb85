using System.Collections.Immutable;
using System.Runtime.InteropServices;
using ParDsl.Runtime.Native;

namespace ParDsl.Runtime.Collectives.Nccl;

/// <summary>
/// NVIDIA's library for collectives between GPUs, called through its C interface. It is found at run time: nothing of it is
/// built in.
/// </summary>
public sealed unsafe class NcclLibrary
{
    /// <summary>A library that goes before all others.</summary>
    public const string OverrideVariable = "PARDSL_NCCL_LIBRARY";

    private const string SystemLibrary = "libnccl.so.2";

    private const string TorchLibrary = "libtorch_cuda.so";

    /// <summary>2.10.3, the first with bfloat16; written as NCCL does since 2.9: major, minor, patch, two digits each.</summary>
    private const int OldestVersion = 21003;

    private static readonly ImmutableArray<string> CudaLibraries = ["libcudart.so.12", "libcudart.so.13", "libcudart.so.11.0"];

    private NcclLibrary(string name, Version version, NcclFunctions functions, CudaRuntime cuda)
    {
        (Name, Version, Functions, Cuda) = (name, version, functions, cuda);
    }

    /// <summary>Where it was found, for reports: a file's name or path.</summary>
    public string Name { get; }

    public Version Version { get; }

    internal NcclFunctions Functions { get; }

    internal CudaRuntime Cuda { get; }

    /// <summary>
    /// The one that <see cref="OverrideVariable"/> names; else the system's; else the one inside the CUDA build of libtorch.
    /// </summary>
    /// <exception cref="RunFailedException">There is none, or it is too old, or functions are missing.</exception>
    public static NcclLibrary Find()
    {
        if (Environment.GetEnvironmentVariable(OverrideVariable) is { Length: > 0 } path)
            return Load(path);
        if (NativeLibrary.TryLoad(SystemLibrary, out var system))
            return Open(SystemLibrary, system);
        return Torch() is { } torch && NativeLibrary.TryGetExport(torch, "ncclGetVersion", out _)
            ? Open(TorchLibrary, torch)
            : throw NcclErrors.NotFound(SystemLibrary, TorchLibrary, OverrideVariable);
    }

    /// <summary>
    /// Whether one is named, installed, or in the CUDA build of libtorch: for a plan, which loads no libtorch and reads the
    /// names in its file only. That it is as it should be is seen by <see cref="Find"/>.
    /// </summary>
    public static bool IsThere() =>
        Environment.GetEnvironmentVariable(OverrideVariable) is { Length: > 0 }
        || NativeLibrary.TryLoad(SystemLibrary, out _)
        || (NativeFolders.FindCudaLibrary() is { } torch && ElfNames.Contains(torch, "ncclGetVersion"));

    /// <exception cref="RunFailedException">It does not load, or is too old, or functions are missing.</exception>
    public static NcclLibrary Load(string path)
    {
        try
        {
            return Open(path, NativeLibrary.Load(path));
        }
        catch (Exception failure) when (failure is DllNotFoundException or BadImageFormatException)
        {
            throw NcclErrors.DoesNotLoad(path, File.Exists(path), OverrideVariable);
        }
    }

    /// <summary>A new communicator's id: one rank makes it and sends it to the others.</summary>
    public NcclUniqueId CreateUniqueId()
    {
        NcclUniqueId id;
        Require(Functions.GetUniqueId(&id), IntPtr.Zero, "making a communicator's id");
        return id;
    }

    internal void Require(NcclResult result, IntPtr communicator, string action)
    {
        if (result != NcclResult.Success)
            throw new NcclException($"NCCL failed in {action}: {Words(result, communicator)}");
    }

    /// <summary>What NCCL says of a result, and of what came before it.</summary>
    internal string Words(NcclResult result, IntPtr communicator)
    {
        var words = Marshal.PtrToStringUTF8((IntPtr)Functions.GetErrorString(result)) ?? "an unknown error";
        var last = Functions.GetLastError == null ? null : Marshal.PtrToStringUTF8((IntPtr)Functions.GetLastError(communicator));
        return string.IsNullOrWhiteSpace(last) ? words : $"{words} ({last.Trim()})";
    }

    private static NcclLibrary Open(string name, IntPtr library)
    {
        var version = VersionOf(name, library);
        var ours = new NativeFunctions([library]);
        var functions = new NcclFunctions(ours);
        // Streams belong to the driver, so any copy of CUDA's runtime does; libtorch's own is the likeliest to fit.
        var cuda = new NativeFunctions([library, .. CudaHandles()]);
        var runtime = new CudaRuntime(new CudaFunctions(cuda));
        return (ours.Missing, cuda.Missing) switch
        {
            ({ Count: > 0 } missing, _) => throw NcclErrors.FunctionsMissing(name, missing),
            (_, { Count: > 0 } missing) => throw NcclErrors.CudaMissing(CudaLibraries[0], missing),
            _ => new NcclLibrary(name, version, functions, runtime),
        };
    }

    private static Version VersionOf(string name, IntPtr library)
    {
        if (!NativeLibrary.TryGetExport(library, "ncclGetVersion", out var export))
            throw NcclErrors.FunctionsMissing(name, ["ncclGetVersion"]);
        var number = 0;
        var result = ((delegate* unmanaged<int*, NcclResult>)export)(&number);
        // Before 2.9: major, then minor and patch of one digit each and a zero between: 2708 is 2.7.8.
        var version = number < 10_000
            ? new Version(number / 1000, number / 100 % 10, number % 100)
            : new Version(number / 10_000, number / 100 % 100, number % 100);
        return result == NcclResult.Success && number >= OldestVersion ? version : throw NcclErrors.TooOld(name, version);
    }

    private static IEnumerable<IntPtr> CudaHandles()
    {
        if (Torch() is { } torch)
            yield return torch;
        foreach (var name in CudaLibraries)
        {
            if (NativeLibrary.TryLoad(name, out var library))
                yield return library;
        }
    }

    private static IntPtr? Torch()
    {
        var folders = NativeLibraries.Load();
        return folders.HasCuda && NativeLibrary.TryLoad(Path.Combine(folders.Libtorch, TorchLibrary), out var library)
            ? library
            : null;
    }
}
