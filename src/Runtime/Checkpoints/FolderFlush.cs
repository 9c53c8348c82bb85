using System.Runtime.InteropServices;

namespace ParDsl.Runtime.Checkpoints;

/// <summary>
/// Flushes a folder's list of names to the disk, which a rename needs to outlive a power cut. .NET opens no folders, so this
/// calls the C library; where that fails the names are as safe as the file system makes them by itself.
/// </summary>
internal static partial class FolderFlush
{
    private const int ReadOnlyFolder = 0x10000; // O_RDONLY | O_DIRECTORY on x86-64 Linux

    public static void Flush(string folder)
    {
        if (!OperatingSystem.IsLinux())
            return;
        var descriptor = Open(folder, ReadOnlyFolder);
        if (descriptor < 0)
            return;
        _ = Synchronize(descriptor);
        _ = Close(descriptor);
    }

    [LibraryImport("libc", EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync")]
    private static partial int Synchronize(int descriptor);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int Close(int descriptor);
}
