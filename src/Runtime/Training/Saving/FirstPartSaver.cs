using System.Collections.Immutable;
using System.Text.Json;
using ParDsl.Runtime.Checkpoints;
using ParDsl.Runtime.Jobs;

namespace ParDsl.Runtime.Training.Saving;

/// <summary>
/// The first process of a job writes its part of each checkpoint, waits until all others have theirs on the disk, writes what
/// belongs to the whole, and gives the folder its name.
/// </summary>
/// <param name="writers">The processes that write a part, in the order of the parts.</param>
internal sealed class FirstPartSaver(PartFolder folder, string directory, ImmutableArray<int> writers, IJobMail mail) : ICheckpointSaver
{
    private long number;

    public bool NeedsState => true;

    public string? Write(TrainingState state)
    {
        var whole = state with { PartCount = writers.Length };
        return CheckpointWriter.Write(
            CheckpointFolder.Of(directory, state.Step), folder.Temporary(++number), temporary => Fill(temporary, whole));
    }

    private void Fill(string temporary, TrainingState state)
    {
        if (writers.IndexOf(0) is var own and >= 0)
            CheckpointWriter.WritePart(temporary, new CheckpointPart(own + 1, writers.Length), state);
        var told = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        foreach (var writer in writers.Where(writer => writer > 0))
            told.AddRange(Await(writer, temporary));
        CheckpointWriter.Complete(temporary, state, told.ToImmutable());
    }

    private ImmutableSortedDictionary<string, string> Await(int writer, string temporary)
    {
        var message = JsonSerializer.Deserialize<PartMessage>(mail.Hear(writer))!;
        var words = mail.Members[writer].Words;
        if (message.Number != number)
            throw new InvalidOperationException($"{words} writes checkpoint {message.Number} of the job, and {number} is due");
        if (message.Flaw is { } flaw)
            throw new PartTroubleException($"{words} says of its part: {flaw}");
        foreach (var name in message.Sums.Keys.Where(name => !File.Exists(Path.Combine(temporary, name))))
            throw new PartTroubleException($"`{name}`, which {words} has written, is not in the folder that the first rank sees");
        return message.Sums;
    }
}
