using System.Collections.Immutable;

namespace ParDsl.Runtime.Checkpoints;

/// <summary>
/// After a new checkpoint is whole: removes those older than the last few. The best one stays, and the link <c>best</c>
/// points to it.
/// </summary>
/// <param name="keep">How many of the last ones stay.</param>
/// <param name="damaged">Folders that were found torn: they never count, and go when a newer one is there.</param>
internal sealed class CheckpointKeeper(string runDirectory, int keep, ImmutableArray<string> damaged)
{
    /// <param name="step">Of the newest one. Folders of later steps are no past of this run, and stay.</param>
    /// <param name="bestStep">Null where no best one is kept.</param>
    /// <exception cref="RunFailedException">A file cannot be removed, or the link not be made.</exception>
    public void Keep(long step, long? bestStep)
    {
        try
        {
            if (bestStep is { } best && Directory.Exists(CheckpointFolder.Of(runDirectory, best)))
                MarkBest(best);
            var past = CheckpointFolder.List(runDirectory).Where(entry => entry.Step <= step);
            var torn = past.Where(entry => entry.Step < step && damaged.Contains(Path.GetFullPath(entry.Path))).ToArray();
            var old = past.Except(torn).Skip(keep).Where(entry => entry.Step != bestStep);
            foreach (var (_, path) in torn.Concat(old).ToArray())
                Remove(path);
            if (bestStep is null)
                Unmark();
        }
        catch (Exception trouble) when (FileTrouble.Is(trouble))
        {
            throw FileErrors.CannotWrite(Path.Combine(runDirectory, CheckpointFolder.Name), trouble);
        }
    }

    /// <summary>Hidden first: one that is cut short while it goes is never taken for whole.</summary>
    private static void Remove(string path)
    {
        var hidden = AtomicFile.TemporaryName(path);
        Directory.Move(path, hidden);
        Directory.Delete(hidden, recursive: true);
    }

    private string Link => Path.Combine(runDirectory, CheckpointFolder.Name, CheckpointFolder.BestName);

    /// <summary>
    /// Removes the link that an earlier process of the run has left, where no best one is kept any more and its target has gone.
    /// </summary>
    private void Unmark()
    {
        if (new FileInfo(Link).LinkTarget is { } target
            && !Directory.Exists(Path.Combine(runDirectory, CheckpointFolder.Name, target)))
            File.Delete(Link);
    }

    private void MarkBest(long step)
    {
        var target = Path.GetFileName(CheckpointFolder.Of(runDirectory, step));
        if (new FileInfo(Link).LinkTarget != target)
            FolderSwap.Link(Link, target);
    }
}
