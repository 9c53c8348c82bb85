using ParDsl.Runtime.Checkpoints;

namespace ParDsl.Runtime.Training.Saving;

/// <summary>One process writes whole tensors, which it has, or has got from the others.</summary>
/// <param name="directory">Null in the others.</param>
internal sealed class WholeSaver(string? directory) : ICheckpointSaver
{
    public bool NeedsState => true;

    public string? Write(TrainingState state) => directory is null ? null : CheckpointWriter.Write(directory, state);
}
