using System.Collections.Immutable;
using ParDsl.Runtime.Checkpoints;
using ParDsl.Runtime.Collectives;
using ParDsl.Runtime.Jobs;

namespace ParDsl.Runtime.Training.Saving;

/// <summary>The run's folder as all processes that write a part of a checkpoint know it.</summary>
/// <param name="Directory">The run's, with its full path.</param>
/// <param name="Secret">What the hidden names of unfinished checkpoints begin with: no other run's.</param>
internal sealed record PartFolder(string Directory, string Secret)
{
    /// <summary>Where a checkpoint is written before it has its name: the same in all processes.</summary>
    /// <param name="number">Counts the checkpoints that the job has written.</param>
    public string Temporary(long number) => Path.Combine(
        Directory, CheckpointFolder.Name, FormattableString.Invariant($".{Secret}-{number}{AtomicFile.TemporaryExtension}"));

    /// <summary>The first process tells the others where it writes, and all see that each writer can write there too.</summary>
    /// <param name="directory">Looked at in the first process only.</param>
    /// <param name="writes">Whether this process will write a part.</param>
    /// <exception cref="RunFailedException">One of them does not: the same words in all.</exception>
    public static PartFolder Agree(IRendezvous processes, IJobMail mail, string? directory, bool writes)
    {
        var own = processes.Rank == 0
            ? new PartFolder(Path.GetFullPath(directory!), Guid.NewGuid().ToString("N"))
            : null;
        own?.PutProbe();
        try
        {
            var folder = processes.BroadcastValue(own, 0)!;
            var flaws = processes.GatherValues(writes && own is null ? folder.Flaw(processes.Rank) : null);
            var odd = Array.FindIndex(flaws, flaw => flaw is not null);
            return odd < 0 ? folder : throw CheckpointErrors.NotShared(directory ?? folder.Directory, mail.Members[odd].Words, mail.Members[0].Words, flaws[odd]!);
        }
        finally
        {
            own?.RemoveProbe();
        }
    }

    private string Probe => Path.Combine(Directory, $".{Secret}{AtomicFile.TemporaryExtension}");

    private void PutProbe()
    {
        System.IO.Directory.CreateDirectory(Directory);
        AtomicFile.WriteText(Probe, Secret);
    }

    private void RemoveProbe() => File.Delete(Probe);

    /// <summary>Why this process cannot write to the folder, in words; null where it can.</summary>
    private string? Flaw(int rank)
    {
        try
        {
            if (!File.Exists(Probe))
                return "it does not see the folder's files";
            var own = FormattableString.Invariant($"{Probe}-{rank}{AtomicFile.TemporaryExtension}");
            File.WriteAllText(own, "");
            File.Delete(own);
            return null;
        }
        catch (Exception trouble) when (FileTrouble.Is(trouble))
        {
            return FileTrouble.Words(trouble);
        }
    }
}
