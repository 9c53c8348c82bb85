namespace ParDsl.Runtime.Training;

/// <summary>
/// Told of a run's progress, from the thread that called <c>Run</c>'s rank 0: the display, the JSON lines, the files of the
/// run's folder. Calls come in order, between rounds of the ranks from the thread that called it, and must return quickly.
/// </summary>
public interface ITrainingObserver
{
    void Started(RunStart start);

    void StepDone(StepReport step);

    void EpochDone(EpochReport epoch);

    /// <summary>The state after this update is about to be written; what is told later belongs behind it.</summary>
    void CheckpointBegins(long step)
    {
    }

    void Finished(TrainingReport report);
}
