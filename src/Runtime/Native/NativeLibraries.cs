using System.Runtime.InteropServices;
using TorchSharp;

namespace ParDsl.Runtime.Native;

/// <summary>
/// Loads libtorch and TorchSharp's bridge, once for the whole process, from the package folder: they are 490 MB and are not
/// copied to the output. Everything that touches TorchSharp calls <see cref="Load"/> first.
/// </summary>
public static class NativeLibraries
{
    // Native libraries belong to the process, so this one fact is static. A failure is kept too: each caller gets its words.
    private static readonly Lazy<NativeFolders> Loaded = new(LoadAll);

    /// <summary>Loads what is not loaded yet, and says from where. Any thread may call it, any number of times.</summary>
    /// <exception cref="RunFailedException">
    /// A library is missing, or the loader refuses it: with the loader's own words.
    /// </exception>
    public static NativeFolders Load() => Loaded.Value;

    private static NativeFolders LoadAll()
    {
        var folders = NativeFolders.Find();
        // In the order in which they need each other. Once a library is in the process, the loader finds it by its name.
        LoadLibrary(Path.Combine(folders.Libtorch, "libc10.so"));
        LoadLibrary(Path.Combine(folders.Libtorch, "libtorch_cpu.so"));
        if (folders.HasCuda)
            LoadLibrary(Path.Combine(folders.Libtorch, "libtorch_cuda.so"));
        LoadLibrary(Path.Combine(folders.Libtorch, "libtorch.so"));
        LoadBridge(folders.Bridge);
        // TorchSharp must learn now that all is there: its modules' constructors would not ask.
        torch.InitializeDeviceType(folders.HasCuda ? DeviceType.CUDA : DeviceType.CPU);
        // Nothing depends on it but time.
        _ = HeapMemory.KeepFreed();
        return folders;
    }

    /// <summary>
    /// Loads TorchSharp's bridge as it is, or where this machine's libstdc++ is older, a copy that asks for less.
    /// </summary>
    private static void LoadBridge(string file)
    {
        if (!NativeLibrary.TryLoad(file, out _))
            LoadLibrary(PatchedBridge.Create(file) ?? file);
    }

    private static void LoadLibrary(string file)
    {
        try
        {
            NativeLibrary.Load(file);
        }
        catch (Exception failure) when (failure is DllNotFoundException or BadImageFormatException)
        {
            throw new RunFailedException(NativeErrors.LibraryDoesNotLoad(file, LoaderWords.Of(file, failure)), failure);
        }
    }
}
