using System.Runtime.InteropServices;

namespace ParDsl.Runtime.Checkpoints;

/// <summary>
/// Gives a finished folder or link its name, in place of what bears it. Where the system can exchange two names at once,
/// there is no moment without one of that name.
/// </summary>
internal static partial class FolderSwap
{
    private const int CurrentFolder = -100; // AT_FDCWD
    private const uint Exchange = 2;        // RENAME_EXCHANGE, of Linux 3.15 and glibc 2.28

    /// <param name="temporary">Of the same file system; gone afterwards.</param>
    public static void Put(string temporary, string folder)
    {
        if (!Directory.Exists(folder))
        {
            Directory.Move(temporary, folder);
            return;
        }

        if (OperatingSystem.IsLinux() && Rename(CurrentFolder, temporary, CurrentFolder, folder, Exchange) == 0)
        {
            Directory.Delete(temporary, recursive: true);
            return;
        }

        var old = AtomicFile.TemporaryName(folder);
        Directory.Move(folder, old);
        Directory.Move(temporary, folder);
        Directory.Delete(old, recursive: true);
    }

    /// <summary>Makes a link of that name to a folder beside it, in place of an older link.</summary>
    public static void Link(string path, string target)
    {
        var temporary = AtomicFile.TemporaryName(path);
        Directory.CreateSymbolicLink(temporary, target);
        if (Rename(CurrentFolder, temporary, CurrentFolder, path, 0) == 0)
            return;
        var number = Marshal.GetLastPInvokeError();
        Directory.Delete(temporary);
        throw new IOException("the link cannot be renamed", number);
    }

    [LibraryImport("libc", EntryPoint = "renameat2", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Rename(int oldFolder, string oldPath, int newFolder, string newPath, uint flags);
}
