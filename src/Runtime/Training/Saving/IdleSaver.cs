using ParDsl.Runtime.Checkpoints;

namespace ParDsl.Runtime.Training.Saving;

/// <summary>A process that has no part of a checkpoint to write, since others hold all that it has.</summary>
internal sealed class IdleSaver : ICheckpointSaver
{
    public bool NeedsState => false;

    public string? Write(TrainingState state) => null;
}
