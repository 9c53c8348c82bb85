using System.Collections.Immutable;
using System.Globalization;
using ParDsl.Runtime.Checkpoints;

namespace ParDsl.Runtime.Reporting;

/// <summary>
/// The folder that one run owns. It is made, and proven writable, before training starts; no two runs ever share one, because
/// each claims its folder by creating metrics.jsonl there, which only one process can.
/// </summary>
public sealed class RunFolder : IDisposable
{
    public const string MetricsName = "metrics.jsonl";
    public const string PlanName = "plan.txt";

    /// <summary>Below the current folder: a folder for each spec's name, and in it one for each run.</summary>
    public const string Runs = "runs";

    private const string SpecExtension = ".pd";
    private const string StampFormat = "yyyy-MM-dd_HH-mm-ss";

    /// <summary>The letters of a run's time in its folder's name.</summary>
    internal static int StampLength => StampFormat.Length;

    private readonly string specName;
    private readonly FolderLock folderLock;
    private readonly bool isReopened;
    private WholeRecordFile? metrics;

    /// <summary>The last line that an earlier process left in the metrics.</summary>
    private LoggedUpdate? logged;

    /// <summary>The folders that were not there before, the innermost first.</summary>
    private readonly ImmutableArray<string> madeFolders;

    private TensorBoardWriter? events;
    private RunFolderObserver? observer;

    /// <param name="metrics">Null in a folder that an earlier process wrote to, until the run goes on there.</param>
    private RunFolder(
        string path, string specName, FolderLock folderLock, WholeRecordFile? metrics, ImmutableArray<string> madeFolders)
    {
        this.folderLock = folderLock;
        Path = path;
        this.madeFolders = madeFolders;
        this.specName = specName;
        this.metrics = metrics;
        isReopened = metrics is null;
    }

    public string Path { get; }

    /// <summary>Makes <c>runs/NAME/TIMESTAMP</c> below the current folder, or <paramref name="given"/> as it is.</summary>
    /// <param name="name">The spec's name without folder and extension.</param>
    /// <param name="given">The words after <c>--out</c>, or null. A folder that holds anything is refused.</param>
    /// <exception cref="RunFailedException">The folder cannot be made or written, or holds something already.</exception>
    public static RunFolder Create(string name, DateTimeOffset now, string? given) =>
        given is null ? CreateStamped(name, now) : CreateGiven(name, given);

    /// <summary>Takes the folder of a run that goes on; nothing in it changes yet.</summary>
    /// <exception cref="RunFailedException">The run is still going on in another process.</exception>
    public static RunFolder Reopen(string path, string name) => FolderLock.TryTake(path) is { } taken
        ? new RunFolder(path, name + SpecExtension, taken, null, [])
        : throw CheckpointErrors.StillRunning(path);

    /// <summary>
    /// In a folder that was reopened: removes what is behind the step, and what was left unfinished; metrics and events then
    /// grow behind what is there.
    /// </summary>
    public void GoOn(long step)
    {
        LeftOvers.Remove(Path);
        logged = MetricsCut.After(InFolder(MetricsName), step);
        metrics = WholeRecordFile.Reopen(InFolder(MetricsName));
        events = TensorBoardWriter.Create(Path, DateTimeOffset.UtcNow);
        events.Restart(DateTimeOffset.UtcNow, step + 1);
    }

    /// <summary>Writes plan.txt and the spec with every default written out, each whole.</summary>
    public void WriteTexts(string plan, string spec)
    {
        AtomicFile.WriteText(InFolder(PlanName), plan);
        AtomicFile.WriteText(InFolder(specName), spec);
    }

    /// <summary>What writes the run's metrics and TensorBoard events as they come; it lives as long as the folder.</summary>
    public RunFolderObserver Observe()
    {
        events ??= TensorBoardWriter.Create(Path, DateTimeOffset.UtcNow);
        return observer ??= new RunFolderObserver(metrics!, events, logged);
    }

    /// <summary>Writes report.html behind the last of the metrics; nothing where no update was done.</summary>
    /// <param name="failure">What ended the run; null where nothing failed.</param>
    /// <exception cref="RunFailedException">It cannot be written.</exception>
    public void WriteReport(RunReport report, RunFailedException? failure)
    {
        FlushObserver();
        report.Write(Path, failure);
    }

    /// <summary>
    /// Takes back a folder whose run never began: its files, then the folders above them that hold nothing else. One that was
    /// reopened keeps all that the run has in it.
    /// </summary>
    public void Discard()
    {
        Dispose();
        if (isReopened || metrics is null)
            return;
        try
        {
            foreach (var file in (string[])[metrics.Path, events?.Path ?? metrics.Path, InFolder(PlanName), InFolder(specName)])
                File.Delete(file);
            foreach (var folder in madeFolders.TakeWhile(IsEmpty))
                Directory.Delete(folder);
        }
        catch (Exception trouble) when (FileTrouble.Is(trouble))
        {
            // Why the run never began is what the user must hear; what stays behind is whole and says what it is.
        }
    }

    public void Dispose()
    {
        FlushObserver();
        metrics?.Dispose();
        events?.Dispose();
        folderLock.Dispose();
    }

    private void FlushObserver()
    {
        try
        {
            observer?.Flush();
        }
        catch (RunFailedException)
        {
            // The disk was full before, and that is what ended the run: the user hears it from there.
        }

        observer = null;
    }

    private static RunFolder CreateStamped(string name, DateTimeOffset now)
    {
        var stamp = now.ToString(StampFormat, CultureInfo.InvariantCulture);
        for (var attempt = 1; ; attempt++)
        {
            var suffix = attempt == 1 ? "" : string.Create(CultureInfo.InvariantCulture, $"-{attempt}");
            if (TryClaim(System.IO.Path.Combine(Runs, name, stamp + suffix), name) is { } folder)
                return folder;
        }
    }

    private static RunFolder CreateGiven(string name, string given)
    {
        given = System.IO.Path.TrimEndingDirectorySeparator(given);
        if (HoldsSomething(given))
            throw ReportingErrors.FolderIsNotEmpty(given);
        return TryClaim(given, name) ?? throw ReportingErrors.FolderIsNotEmpty(given);
    }

    private static bool HoldsSomething(string path)
    {
        try
        {
            return Directory.Exists(path) && !IsEmpty(path);
        }
        catch (Exception trouble) when (FileTrouble.Is(trouble))
        {
            throw ReportingErrors.FolderCannotBeMade(path, trouble);
        }
    }

    /// <summary>The folder, or null where another run has it already.</summary>
    private static RunFolder? TryClaim(string path, string name)
    {
        if (FileInTheWay(path) is { } file)
            throw ReportingErrors.FileInTheWay(path, file);
        try
        {
            var missing = MissingFolders(path);
            Directory.CreateDirectory(path);
            var metrics = System.IO.Path.Combine(path, MetricsName);
            return File.Exists(metrics) ? null : Claimed(path, name, new WholeRecordFile(metrics), missing);
        }
        catch (IOException) when (File.Exists(System.IO.Path.Combine(path, MetricsName)))
        {
            return null;
        }
        catch (Exception trouble) when (FileTrouble.Is(trouble))
        {
            throw ReportingErrors.FolderCannotBeMade(path, trouble);
        }
    }

    private static RunFolder Claimed(string path, string name, WholeRecordFile metrics, ImmutableArray<string> missing) =>
        FolderLock.TryTake(path) is { } taken
            ? new RunFolder(path, name + SpecExtension, taken, metrics, missing)
            : throw CheckpointErrors.StillRunning(path);

    /// <summary>The file that stands where the folder, or a folder above it, should be.</summary>
    private static string? FileInTheWay(string path) => Ancestry(path).FirstOrDefault(File.Exists);

    private static ImmutableArray<string> MissingFolders(string path) =>
        [.. Ancestry(path).TakeWhile(folder => !Directory.Exists(folder))];

    /// <summary>The path, then the folder it lies in, and so on, as far as it is written out.</summary>
    private static IEnumerable<string> Ancestry(string path)
    {
        for (var part = path; !string.IsNullOrEmpty(part); part = System.IO.Path.GetDirectoryName(part))
            yield return part;
    }

    private string InFolder(string name) => System.IO.Path.Combine(Path, name);

    private static bool IsEmpty(string folder) => !Directory.EnumerateFileSystemEntries(folder).Any();
}
