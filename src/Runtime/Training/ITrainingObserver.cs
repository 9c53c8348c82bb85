namespace ParDsl.Runtime.Training;

/// <summary>
/// Told of a run's progress, from the thread that called <c>Run</c>'s rank 0: the display, the JSON lines, the files of the
/// run's folder. Calls come in order and must return quickly.
/// </summary>
public interface ITrainingObserver
{
    void Started(RunStart start);

    void StepDone(StepReport step);

    void EpochDone(EpochReport epoch);

    void Finished(TrainingReport report);
}
