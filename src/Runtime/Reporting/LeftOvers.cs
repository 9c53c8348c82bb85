using ParDsl.Runtime.Checkpoints;

namespace ParDsl.Runtime.Reporting;

/// <summary>Removes what a killed process left unfinished in a run's folder: files and folders of hidden temporary names.</summary>
internal static class LeftOvers
{
    /// <param name="run">A folder that no process writes to.</param>
    public static void Remove(string run)
    {
        foreach (var folder in (string[])[run, Path.Combine(run, CheckpointFolder.Name)])
        {
            if (Directory.Exists(folder))
                RemoveIn(folder);
        }
    }

    private static void RemoveIn(string folder)
    {
        foreach (var path in Directory.EnumerateFileSystemEntries(folder, ".*" + AtomicFile.TemporaryExtension))
        {
            try
            {
                if (Directory.Exists(path) && new FileInfo(path).LinkTarget is null)
                    Directory.Delete(path, recursive: true);
                else
                    File.Delete(path);
            }
            catch (Exception trouble) when (FileTrouble.Is(trouble))
            {
                // It bears a name that nobody reads, and takes only room.
            }
        }
    }
}
