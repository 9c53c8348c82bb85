using System.Collections.Immutable;
using System.Text.Json;
using ParDsl.Runtime.Checkpoints;
using ParDsl.Runtime.Jobs;

namespace ParDsl.Runtime.Training.Saving;

/// <summary>
/// A process that is not the first writes its own part of each checkpoint into the hidden folder, and tells the first one when
/// that is on the disk. It hears no answer: whether the checkpoint is whole, the first one knows.
/// </summary>
internal sealed class PartSaver(PartFolder folder, CheckpointPart part, IJobMail mail) : ICheckpointSaver
{
    private long number;

    public bool NeedsState => true;

    public string? Write(TrainingState state)
    {
        var message = Written(folder.Temporary(++number), state);
        mail.Tell(JsonSerializer.Serialize(message));
        return null;
    }

    private PartMessage Written(string temporary, TrainingState state)
    {
        try
        {
            // The first process makes it too: whoever comes first.
            Directory.CreateDirectory(temporary);
            CheckpointWriter.WritePart(temporary, part, state);
            FolderFlush.Flush(temporary);
            return new PartMessage(number, Sums(temporary), null);
        }
        catch (RunFailedException failure) when (failure.InnerException is { } trouble)
        {
            return Failed(trouble);
        }
        catch (Exception trouble) when (FileTrouble.Is(trouble))
        {
            return Failed(trouble);
        }
    }

    private PartMessage Failed(Exception trouble) =>
        new(number, ImmutableSortedDictionary<string, string>.Empty, FileTrouble.Words(trouble));

    private ImmutableSortedDictionary<string, string> Sums(string temporary) =>
        ImmutableSortedDictionary.CreateRange(
            StringComparer.Ordinal,
            ((string[])[part.ModelName, part.OptimizerName])
                .Select(name => KeyValuePair.Create(name, CheckpointSums.Of(Path.Combine(temporary, name)))));
}
