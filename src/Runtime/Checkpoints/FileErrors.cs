using ParDsl.Diagnostics;
using ParDsl.Source;

namespace ParDsl.Runtime.Checkpoints;

/// <summary>What goes wrong between a run and the files that it reads and writes: one function per mistake.</summary>
internal static class FileErrors
{
    public static RunFailedException Missing(string path) => Fail(
        "PD5201",
        $"there is no file `{path}`",
        CheckpointAround(path) is { } folder
            ? $"name the checkpoint's folder, which may hold it in parts: `--init {folder}`"
            : "give a file that is there: `--init WEIGHTS.safetensors`");

    public static RunFailedException IsDirectory(string path) => Fail(
        "PD5202",
        $"`{path}` is a folder, and a file was expected",
        $"name a file in it: `{Path.Combine(path, "model.safetensors")}`");

    public static RunFailedException CannotRead(string path, Exception cause) => Fail(
        "PD5201",
        $"`{path}` cannot be read: {FileTrouble.Words(cause)}",
        $"see `ls -l {path}`",
        cause);

    public static RunFailedException CannotWrite(string path, Exception cause) => Fail(
        "PD5220",
        $"`{path}` cannot be written: {FileTrouble.Words(cause)}",
        "write elsewhere: `--out DIR`",
        cause);

    public static RunFailedException Fail(string code, string message, string help, Exception? cause = null) =>
        new(new Diagnostic(code, Severity.Error, SourceSpan.Nowhere, "", message, help, []), cause);

    private static string? CheckpointAround(string path) =>
        Path.GetFileName(path) == CheckpointFolder.ModelName && Path.GetDirectoryName(path) is { Length: > 0 } folder
            && File.Exists(Path.Combine(folder, CheckpointFolder.SumsName))
            ? folder
            : null;
}
