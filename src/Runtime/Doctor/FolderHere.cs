using ParDsl.Runtime.Checkpoints;
using ParDsl.Runtime.Collectives;

namespace ParDsl.Runtime.Doctor;

/// <summary>The current folder of a machine, where a run's files go.</summary>
/// <param name="FreeBytes">On its disk; null where that cannot be asked.</param>
/// <param name="IsShared">Whether it is the first machine's too; null where that could not be tried.</param>
public sealed record FolderHere(long? FreeBytes, bool? IsShared)
{
    /// <summary>The first process puts a hidden file there, and the others look whether they see it. All call it.</summary>
    internal static FolderHere[] Examine(IRendezvous processes)
    {
        var probe = processes.Rank == 0 ? TryPut() : null;
        try
        {
            var path = processes.BroadcastValue(probe, 0);
            var free = RoomChecks.FreeBytes(Environment.CurrentDirectory);
            return processes.GatherValues(new FolderHere(free, path is null ? null : File.Exists(path)));
        }
        finally
        {
            if (probe is not null)
                File.Delete(probe);
        }
    }

    /// <summary>The file's full path, or null where nothing can be written.</summary>
    private static string? TryPut()
    {
        var path = Path.Combine(Environment.CurrentDirectory, $".{Guid.NewGuid():N}{AtomicFile.TemporaryExtension}");
        try
        {
            File.WriteAllText(path, "");
            return path;
        }
        catch (Exception trouble) when (FileTrouble.Is(trouble))
        {
            return null;
        }
    }
}
