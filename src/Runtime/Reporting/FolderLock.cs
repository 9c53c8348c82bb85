using System.Runtime.InteropServices;

namespace ParDsl.Runtime.Reporting;

/// <summary>
/// The system's lock on a run's folder, which ends with the process that holds it, whatever ends that. A file system that
/// knows no such locks lets everyone have one.
/// </summary>
internal sealed partial class FolderLock : IDisposable
{
    private const int ReadOnlyFolder = 0x10000 | 0x80000; // O_RDONLY | O_DIRECTORY | O_CLOEXEC on x86-64 Linux
    private const int ExclusiveAtOnce = 2 | 4;            // LOCK_EX | LOCK_NB
    private const int WouldBlock = 11;                    // EWOULDBLOCK

    private int descriptor;

    private FolderLock(int descriptor) => this.descriptor = descriptor;

    /// <summary>The lock, or null where another process has it.</summary>
    public static FolderLock? TryTake(string folder)
    {
        if (!OperatingSystem.IsLinux())
            return new FolderLock(-1);
        var descriptor = Open(folder, ReadOnlyFolder);
        if (descriptor < 0 || Lock(descriptor, ExclusiveAtOnce) == 0 || Marshal.GetLastPInvokeError() != WouldBlock)
            return new FolderLock(descriptor);
        _ = Close(descriptor);
        return null;
    }

    /// <summary>Again it does nothing: the number may be another file's by then.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref descriptor, -1) is >= 0 and var open)
            _ = Close(open);
    }

    [LibraryImport("libc", EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "flock", SetLastError = true)]
    private static partial int Lock(int descriptor, int operation);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int Close(int descriptor);
}
