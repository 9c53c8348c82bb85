using ParDsl.Diagnostics;
using ParDsl.Source;

namespace ParDsl.Runtime.Native;

/// <summary>What can be wrong with the native libraries: PD5190 to PD5199.</summary>
internal static class NativeErrors
{
    public static Diagnostic LibraryNotFound(string library, IEnumerable<string> places) => Error(
        "PD5190",
        $"`{library}` is in none of the places looked into: {string.Join(", ", places)}",
        "run `build/restore-packages`, "
            + $"or set {NativeFolders.OverrideVariable} to the folder of libtorch {NativeFolders.LibtorchVersion}");

    public static Diagnostic LibraryDoesNotLoad(string file, string loaderWords) => Error(
        "PD5191",
        $"the native library `{Path.GetFileName(file)}` does not load: {loaderWords}",
        "`pardsl doctor` says which libraries and symbol versions are needed and which are here");

    public static Diagnostic CacheNotWritable(string folder, string reason) => Error(
        "PD5192",
        $"the folder `{folder}`, for a copy of TorchSharp's library that fits this system, cannot be written: {reason}",
        "set XDG_CACHE_HOME to a folder that you may write");

    private static Diagnostic Error(string code, string message, string help) =>
        new(code, Severity.Error, SourceSpan.Nowhere, "", message, help, []);
}
