using System.Collections.Immutable;
using System.Globalization;
using ParDsl.Diagnostics;
using ParDsl.Source;

namespace ParDsl.Runtime.Checkpoints;

/// <summary>PD5230 to PD5239, and PD5220 of a checkpoint: what stands between a run and the one that goes on from it.</summary>
internal static class CheckpointErrors
{
    /// <summary>More than a screen can show helps nobody; the first ones show the pattern.</summary>
    private const int ShownChanges = 12;

    public static Diagnostic PassedOver(string path, string flaw) => new(
        "PD5230",
        Severity.Warning,
        SourceSpan.Nowhere,
        "",
        $"the checkpoint `{path}` is not whole, and an older one is taken: {flaw}",
        "it is of no use any more, and the run will remove it; where this comes again and again, examine the disk",
        []);

    public static RunFailedException NoRun(string path) => FileErrors.Fail(
        "PD5231",
        $"there is no run to go on with: `{path}` is no folder of a run and no checkpoint",
        "start it, `pardsl run FILE`, or name a run's folder: `--resume runs/NAME/TIMESTAMP`");

    public static RunFailedException NoRunOfThatName(string path) => FileErrors.Fail(
        "PD5231",
        $"there is no run to go on with: `{path}` holds none",
        "start one, `pardsl run FILE`, or name the folder of the run: `--resume DIR`");

    public static RunFailedException NoCheckpoint(string run, int damagedCount) => FileErrors.Fail(
        "PD5232",
        damagedCount == 0
            ? $"the run in `{run}` has written no checkpoint to go on from"
            : $"the run in `{run}` has no whole checkpoint to go on from: "
                + (damagedCount == 1 ? "its only one is damaged" : $"all {damagedCount} are damaged"),
        "start it anew: `pardsl run FILE`");

    public static RunFailedException Damaged(string path, string flaw) => FileErrors.Fail(
        "PD5233",
        $"the checkpoint `{path}` is not whole: {flaw}",
        "name the run's folder instead, and its newest whole checkpoint is taken");

    public static RunFailedException DamagedWeights(string path, string flaw) => FileErrors.Fail(
        "PD5233",
        $"the checkpoint `{path}` is not whole: {flaw}",
        "name another checkpoint of the run, or a file of weights: `--init WEIGHTS.safetensors`");

    public static RunFailedException OtherVersion(string path, int found, int expected) => FileErrors.Fail(
        "PD5234",
        string.Create(
            CultureInfo.InvariantCulture,
            $"the checkpoint `{path}` has the format {found}, and this version of ParDsl reads {expected}"),
        $"begin from its weights: `--init {Path.Combine(path, CheckpointFolder.ModelName)}`");

    /// <param name="changes">What differs, a statement each; empty where no statement tells.</param>
    public static RunFailedException SpecChanged(string path, ImmutableArray<string> changes) => new(FileErrors.Fail(
        "PD5235",
        $"`{path}` was trained with another spec: " + (changes.IsEmpty
            ? "its statements are the same, and what they name is not: the data, say"
            : string.Join("; ", changes.Take(ShownChanges)) + Rest(changes.Length)),
        "undo that, or start anew without `--resume`, or go on all the same: `--allow-changed`").Diagnostic)
    {
        IsSpecWrong = true,
    };

    public static RunFailedException StillRunning(string run) => FileErrors.Fail(
        "PD5236",
        $"the run in `{run}` is still going on in another process",
        "wait for its end, or stop it first: `kill PID` makes it write a checkpoint and end");

    public static RunFailedException NotTheNewest(string path, string newest) => FileErrors.Fail(
        "PD5237",
        $"`{path}` is not the newest checkpoint of its run, which went on to `{newest}`",
        "go on from it in another folder, `--out DIR`, or remove the newer ones first");

    public static Diagnostic OptimizerStartsAnew(string path, string optimizer) => new(
        "PD5238",
        Severity.Warning,
        SourceSpan.Nowhere,
        "",
        $"`{path}` holds the states of another optimizer, so `{optimizer}` starts without any",
        "go on with the optimizer of the checkpoint to keep them",
        []);

    /// <param name="other">The rank that cannot write there, and its host.</param>
    /// <param name="flaw">Why, in words.</param>
    public static RunFailedException NotShared(string path, string other, string first, string flaw) => FileErrors.Fail(
        "PD5239",
        $"{other} cannot write its part of a checkpoint to `{path}`, the run's folder of {first}: {flaw}",
        "name a folder that all machines share, `--out /shared/DIR`, or let the first rank write all of it: "
            + "`--gather-checkpoints`");

    public static RunFailedException CannotWrite(string path, Exception cause, string? lastWhole) => FileErrors.Fail(
        "PD5220",
        $"the checkpoint `{path}` cannot be written: {FileTrouble.Words(cause)}; training stopped, "
            + (lastWhole is null ? "and there is no earlier one" : $"and the last whole one is `{lastWhole}`"),
        lastWhole is null
            ? "make room or write elsewhere, `--out DIR`, and start anew"
            : "make room, and go on from there: `pardsl run FILE --resume`",
        cause);

    private static string Rest(int count) => count > ShownChanges
        ? string.Create(CultureInfo.InvariantCulture, $"; and {count - ShownChanges} more")
        : "";
}
