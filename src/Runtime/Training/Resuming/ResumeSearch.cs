using System.Collections.Immutable;
using System.Globalization;
using ParDsl.Diagnostics;
using ParDsl.Runtime.Checkpoints;
using ParDsl.Runtime.Reporting;

namespace ParDsl.Runtime.Training;

/// <summary>Finds what <c>--resume</c> names: nothing, a run's folder, or a checkpoint's.</summary>
public static class ResumeSearch
{
    /// <summary>The newest run of that name below <c>runs/</c>, at its newest whole checkpoint.</summary>
    /// <exception cref="RunFailedException">There is none.</exception>
    public static ResumePoint Newest(string specName)
    {
        var folder = Path.Combine(RunFolder.Runs, specName);
        var newest = Runs(folder).OrderBy(run => run.Stamp, StringComparer.Ordinal).ThenBy(run => run.Attempt).LastOrDefault();
        return newest.Path is { } path ? OfRun(path) : throw CheckpointErrors.NoRunOfThatName(folder);
    }

    /// <summary>At a folder that the user names.</summary>
    /// <param name="isNewFolder">Whether the run goes on in another folder, so that a later state there loses nothing.</param>
    /// <exception cref="RunFailedException">It holds no whole checkpoint.</exception>
    public static ResumePoint At(string given, bool isNewFolder)
    {
        var path = Path.TrimEndingDirectorySeparator(given);
        if (Directory.Exists(path) && new DirectoryInfo(path).ResolveLinkTarget(returnFinalTarget: true) is { } target)
            path = AsGiven(target.FullName, given);
        if (CheckpointFolder.StepOf(path) is not null && Directory.Exists(path))
            return OfCheckpoint(path, isNewFolder);
        if (Directory.Exists(Path.Combine(path, CheckpointFolder.Name)) || File.Exists(Path.Combine(path, RunFolder.MetricsName)))
            return OfRun(path);
        throw CheckpointErrors.NoRun(given);
    }

    /// <summary>At a checkpoint that the first process of the job has found whole.</summary>
    /// <exception cref="RunFailedException">This process does not see it as it is there.</exception>
    public static ResumePoint Told(string path)
    {
        if (!Directory.Exists(path))
            throw CheckpointErrors.NoRun(path);
        return CheckpointReader.ReadLazily(path, out var flaw) is { } found
            ? new ResumePoint(Path.GetDirectoryName(Path.GetDirectoryName(path))!, found, [], [])
            : throw CheckpointErrors.Damaged(path, flaw);
    }

    private static ResumePoint OfRun(string run)
    {
        var damaged = ImmutableArray.CreateBuilder<string>();
        var warnings = ImmutableArray.CreateBuilder<Diagnostic>();
        foreach (var (_, path) in CheckpointFolder.List(run))
        {
            if (CheckpointReader.Read(path, out var flaw) is { } whole)
                return new ResumePoint(run, whole, damaged.ToImmutable(), warnings.ToImmutable());
            damaged.Add(Path.GetFullPath(path));
            warnings.Add(CheckpointErrors.PassedOver(path, flaw));
        }

        throw CheckpointErrors.NoCheckpoint(run, damaged.Count);
    }

    private static ResumePoint OfCheckpoint(string path, bool isNewFolder)
    {
        var run = Path.GetDirectoryName(Path.GetDirectoryName(Path.GetFullPath(path)))!;
        if (CheckpointReader.Read(path, out var flaw) is not { } whole)
            throw CheckpointErrors.Damaged(path, flaw);
        var shown = AsGiven(run, path);
        if (!isNewFolder && OfRun(shown).Checkpoint is { } newest && newest.State.Step > whole.State.Step)
            throw CheckpointErrors.NotTheNewest(path, newest.Path);
        return new ResumePoint(shown, whole, [], []);
    }

    /// <summary>A full path where the user wrote one, else as it is seen from the current folder.</summary>
    private static string AsGiven(string fullPath, string given) =>
        Path.IsPathRooted(given) ? fullPath : Path.GetRelativePath(Environment.CurrentDirectory, fullPath);

    /// <summary>A run's folder is its time, with a number behind it where several began in one second.</summary>
    private static IEnumerable<(string Path, string Stamp, int Attempt)> Runs(string folder)
    {
        if (!Directory.Exists(folder))
            yield break;
        foreach (var path in Directory.EnumerateDirectories(folder))
        {
            var name = Path.GetFileName(path);
            var stamp = name.Length > RunFolder.StampLength ? name[..RunFolder.StampLength] : name;
            var rest = name[stamp.Length..].TrimStart('-');
            if (rest.Length == 0)
                yield return (path, stamp, 1);
            else if (int.TryParse(rest, NumberStyles.None, CultureInfo.InvariantCulture, out var attempt))
                yield return (path, stamp, attempt);
        }
    }
}
