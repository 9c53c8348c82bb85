using System.Reflection;
using TorchSharp;

namespace ParDsl.Runtime.Native;

/// <summary>
/// Where libtorch and TorchSharp's bridge lie. The first place that has them wins, in the order in which .NET's host would
/// look: two copies of libtorch in one process abort it.
/// </summary>
/// <param name="Libtorch">The folder with <c>libtorch_cpu.so</c>.</param>
/// <param name="Bridge">TorchSharp's <c>libLibTorchSharp.so</c>.</param>
/// <param name="HasCuda">Whether it is the CUDA build of libtorch.</param>
public sealed record NativeFolders(string Libtorch, string Bridge, bool HasCuda)
{
    /// <summary>A folder that goes before all others: a libtorch of one's own.</summary>
    public const string OverrideVariable = "PARDSL_LIBTORCH";

    private const string Library = "libtorch_cpu.so";
    private const string BridgeLibrary = "libLibTorchSharp.so";
    private const string CudaLibrary = "libtorch_cuda.so";
    private const string RuntimeFolder = "runtimes/linux-x64/native";

    /// <summary>The libtorch that TorchSharp's bridge was built against.</summary>
    public const string LibtorchVersion = "2.10.0";

    public static string TorchSharpVersion => typeof(torch).Assembly.GetName().Version!.ToString(3);

    /// <summary>The folders of this machine.</summary>
    /// <exception cref="RunFailedException">No place has libtorch, or none has the bridge.</exception>
    public static NativeFolders Find()
    {
        var places = Places().ToList();
        var libtorch = places.Find(place => File.Exists(Path.Combine(place, Library)))
            ?? throw new RunFailedException(NativeErrors.LibraryNotFound(Library, places));
        var bridge = places.Select(place => Path.Combine(place, BridgeLibrary)).FirstOrDefault(File.Exists)
            ?? throw new RunFailedException(NativeErrors.LibraryNotFound(BridgeLibrary, places));
        return new NativeFolders(libtorch, bridge, File.Exists(Path.Combine(libtorch, CudaLibrary)));
    }

    /// <summary>The CUDA part of libtorch, where there is one; nothing is loaded.</summary>
    public static string? FindCudaLibrary() =>
        Places().Select(place => Path.Combine(place, CudaLibrary)).FirstOrDefault(File.Exists);

    /// <summary>Every folder that is looked into, in order.</summary>
    private static IEnumerable<string> Places()
    {
        if (Environment.GetEnvironmentVariable(OverrideVariable) is { Length: > 0 } folder)
            yield return Path.GetFullPath(folder);
        var hostPlaces = AppContext.GetData("NATIVE_DLL_SEARCH_DIRECTORIES") as string ?? "";
        foreach (var place in hostPlaces.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries))
            yield return place;
        yield return AppContext.BaseDirectory;
        yield return Path.Combine(AppContext.BaseDirectory, RuntimeFolder);
        foreach (var place in PackageFolders().SelectMany(PackagePlaces))
            yield return place;
    }

    /// <summary>The package folder that this was built with, then those where packages lie on this machine.</summary>
    private static IEnumerable<string> PackageFolders()
    {
        var recorded = typeof(NativeFolders).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
            .FirstOrDefault(attribute => attribute.Key == "PackageFolder")?.Value;
        var home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        string?[] folders =
        [
            recorded,
            Environment.GetEnvironmentVariable("NUGET_PACKAGES"),
            Path.Combine(home, ".nuget", "packages"),
        ];
        return folders.OfType<string>().Where(Directory.Exists).Distinct();
    }

    /// <summary>A CUDA build goes before the CPU's: who installed it wants it.</summary>
    private static IEnumerable<string> PackagePlaces(string packages) =>
        Directory.EnumerateDirectories(packages, "libtorch-cuda-*").Order(StringComparer.Ordinal)
            .Select(package => Path.Combine(package, LibtorchVersion, RuntimeFolder))
            .Where(place => File.Exists(Path.Combine(place, CudaLibrary)))
            .Append(Path.Combine(packages, "libtorch-cpu-linux-x64", LibtorchVersion, RuntimeFolder))
            .Append(Path.Combine(packages, "torchsharp", TorchSharpVersion, RuntimeFolder));
}
