using ParDsl.Diagnostics;
using ParDsl.Source;

namespace ParDsl.Runtime.Data.Files;

/// <summary>What can be wrong with a data file before its format matters: PD5001 to PD5004. One function a mistake.</summary>
internal static class FileErrors
{
    public static Diagnostic NotFound(SourceSpan span, string fullPath) => DataErrors.Error(
        "PD5001", span, "not there", $"there is no file or folder `{fullPath}`", HowToGet(fullPath));

    public static Diagnostic FolderForFile(SourceSpan span, string fullPath) => DataErrors.Error(
        "PD5002",
        span,
        "a folder",
        $"`{fullPath}` is a folder, and a file was expected",
        "name the file in it: `csv \"folder/data.csv\"`");

    public static Diagnostic FileForFolder(SourceSpan span, string fullPath) => DataErrors.Error(
        "PD5002",
        span,
        "a file",
        $"`{fullPath}` is a file, and the folder of the IDX files was expected",
        "name the folder that holds `train-images-idx3-ubyte`");

    public static Diagnostic NotPermitted(SourceSpan span, string fullPath) => DataErrors.Error(
        "PD5003",
        span,
        "not readable",
        $"`{fullPath}` may not be read by this user",
        $"chmod u+r '{fullPath}', or run as its owner");

    public static Diagnostic NotReadable(SourceSpan span, string fullPath) => DataErrors.Error(
        "PD5003",
        span,
        "not readable",
        $"the operating system could not read `{fullPath}`",
        "copy it to a local disk, or get it again");

    public static Diagnostic GzipCorrupt(SourceSpan span, string fullPath) => DataErrors.Error(
        "PD5004",
        span,
        "damaged",
        $"`{fullPath}` starts as gzip but is damaged inside",
        "get the file again; `gzip -t` tests it");

    public static Diagnostic GzipTruncated(SourceSpan span, string fullPath, long found) => DataErrors.Error(
        "PD5004",
        span,
        "not whole",
        $"`{fullPath}` is gzip whose end does not announce the {found:N0} bytes found in it: "
            + "it is cut short, or goes on behind its first part",
        "get the file again; if `gzip -t` accepts it, it has several parts: `gunzip` it and name the plain file");

    private static string HowToGet(string fullPath) => fullPath.Contains("fashion-mnist", StringComparison.Ordinal)
        ? "apt-get install dataset-fashion-mnist"
        : "a path that does not start with `/` starts at the spec's folder: check the name, or copy the data there";
}
