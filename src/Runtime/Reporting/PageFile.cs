using ParDsl.Runtime.Checkpoints;

namespace ParDsl.Runtime.Reporting;

/// <summary>A page of HTML in a file that the user names: whole or not at all. What was there before is replaced.</summary>
public static class PageFile
{
    /// <exception cref="RunFailedException">The file cannot be written, or its folder is not there.</exception>
    public static void Write(string path, string page)
    {
        if (Directory.Exists(path))
            throw ReportingErrors.PageIsFolder(path);
        if (Path.GetDirectoryName(path) is { Length: > 0 } folder && !Directory.Exists(folder))
            throw ReportingErrors.NoFolderForPage(path, folder);
        if (IsDevice(path))
            throw ReportingErrors.PageIsDevice(path);
        try
        {
            AtomicFile.WriteText(path, page);
        }
        catch (RunFailedException failure) when (failure.InnerException is { } cause)
        {
            throw ReportingErrors.PageCannotBeWritten(path, cause);
        }
    }

    /// <summary>A file takes its name's place, and nobody wants that of a device.</summary>
    private static bool IsDevice(string path) =>
        File.Exists(path) && Path.GetFullPath(path) is var full
            && (full.StartsWith("/dev/", StringComparison.Ordinal) || full.StartsWith("/proc/", StringComparison.Ordinal))
            && !full.StartsWith("/dev/shm/", StringComparison.Ordinal);
}
