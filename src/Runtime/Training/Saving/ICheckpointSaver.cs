using ParDsl.Runtime.Checkpoints;

namespace ParDsl.Runtime.Training.Saving;

/// <summary>What one process does for each of a run's checkpoints. All processes write the same ones, in the same order.</summary>
internal interface ICheckpointSaver
{
    /// <summary>Whether the process copies its state at all: to write it, or to bring it to the first one.</summary>
    bool NeedsState { get; }

    /// <summary>Called on a thread of its own, one checkpoint after the other.</summary>
    /// <param name="state">What the process has copied.</param>
    /// <returns>The checkpoint's folder, where this process has given it its name; null in the others.</returns>
    /// <exception cref="RunFailedException">It cannot be written.</exception>
    string? Write(TrainingState state);
}
