using ParDsl.Runtime.Checkpoints;

namespace ParDsl.Runtime.Reporting;

/// <summary>Why a run cannot have its folder: one function per mistake.</summary>
internal static class ReportingErrors
{
    private const string Elsewhere = "write elsewhere: `--out DIR`";

    public static RunFailedException FolderCannotBeMade(string path, Exception cause) => FileErrors.Fail(
        "PD5220",
        $"the run's folder `{path}` cannot be made: {FileTrouble.Words(cause)}",
        Elsewhere,
        cause);

    public static RunFailedException FolderIsNotEmpty(string path) => FileErrors.Fail(
        "PD5221",
        $"`--out {path}` names a folder that holds files already, and a run writes to a folder of its own",
        $"name a new or an empty folder, or remove the old one: `rm -r {path}`");

    public static RunFailedException FileInTheWay(string path, string file) => FileErrors.Fail(
        "PD5222",
        path == file
            ? $"the run's folder `{path}` cannot be made: a file of that name is in the way"
            : $"the run's folder `{path}` cannot be made: `{file}` is a file, not a folder",
        Elsewhere);

    public static RunFailedException NoFolderForPage(string path, string folder) => FileErrors.Fail(
        "PD5223",
        $"the page `{path}` cannot be written: there is no folder `{folder}`",
        $"make it: `mkdir -p {folder}`");

    public static RunFailedException PageIsFolder(string path) => FileErrors.Fail(
        "PD5223",
        $"the page `{path}` cannot be written: that is a folder",
        $"name a file in it: `--html {System.IO.Path.Combine(path, "plan.html")}`");

    public static RunFailedException PageIsDevice(string path) => FileErrors.Fail(
        "PD5223",
        $"the page `{path}` cannot be written: that is no file, and would be replaced by one",
        "name a file: `--html plan.html`");

    public static RunFailedException PageCannotBeWritten(string path, Exception cause) => FileErrors.Fail(
        "PD5223",
        $"the page `{path}` cannot be written: {FileTrouble.Words(cause)}",
        "name a file elsewhere: `--html plan.html`",
        cause);
}
