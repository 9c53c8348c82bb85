using ParDsl.Diagnostics;
using ParDsl.Source;

namespace ParDsl.Runtime.Checkpoints;

/// <summary>What goes wrong between a run and the files that it reads and writes: one function per mistake.</summary>
internal static class FileErrors
{
    public static RunFailedException Missing(string path) => Fail(
        "PD5201",
        $"there is no file `{path}`",
        "give a file that is there: `--init WEIGHTS.safetensors`");

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
}
