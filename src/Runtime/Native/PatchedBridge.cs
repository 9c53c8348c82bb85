using System.Security.Cryptography;

namespace ParDsl.Runtime.Native;

/// <summary>
/// A copy of TorchSharp's bridge that loads on systems whose libstdc++ ends at GLIBCXX_3.4.30 (Debian 12, Ubuntu 22.04). The
/// bridge asks for 3.4.32 for one symbol only, <c>_ZSt21ios_base_library_initv</c>, a marker that nothing calls.
/// </summary>
internal static class PatchedBridge
{
    /// <summary>The ELF hash of the name GLIBCXX_3.4.32, by which version entries are told apart.</summary>
    private const uint VersionHash = 0x0297f842;

    /// <summary>The copy's path, or null where the bridge is not one that asks for that version.</summary>
    /// <remarks>
    /// The copy lies in the user's cache, in a folder of its own named by the original's content: libraries beside it would be
    /// loaded a second time.
    /// </remarks>
    public static string? Create(string original)
    {
        var image = File.ReadAllBytes(original);
        var name = Convert.ToHexStringLower(SHA256.HashData(image).AsSpan(0, 8));
        if (!SymbolVersions.MakeWeak(image, VersionHash))
            return null;
        var folder = Path.Combine(UserCache.Folder, "native", name);
        var file = Path.Combine(folder, Path.GetFileName(original));
        if (!File.Exists(file))
            WriteWhole(folder, file, image);
        return file;
    }

    /// <summary>Another process may write the same file now: each writes its own, and renaming is atomic.</summary>
    private static void WriteWhole(string folder, string file, byte[] image)
    {
        try
        {
            Directory.CreateDirectory(folder);
            var temporary = Path.Combine(folder, $"{Path.GetRandomFileName()}.tmp");
            File.WriteAllBytes(temporary, image);
            File.Move(temporary, file, overwrite: true);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new RunFailedException(NativeErrors.CacheNotWritable(folder, failure.Message), failure);
        }
    }
}
