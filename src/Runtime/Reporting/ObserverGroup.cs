using System.Collections.Immutable;
using ParDsl.Runtime.Training;

namespace ParDsl.Runtime.Reporting;

/// <summary>
/// Several observers as one, told in their order: the run's folder first, so that what is shown is on the disk.
/// </summary>
public sealed class ObserverGroup(ImmutableArray<ITrainingObserver> observers) : ITrainingObserver
{
    public void Started(RunStart start)
    {
        foreach (var observer in observers)
            observer.Started(start);
    }

    public void StepDone(StepReport step)
    {
        foreach (var observer in observers)
            observer.StepDone(step);
    }

    public void EpochDone(EpochReport epoch)
    {
        foreach (var observer in observers)
            observer.EpochDone(epoch);
    }

    public void CheckpointBegins(long step)
    {
        foreach (var observer in observers)
            observer.CheckpointBegins(step);
    }

    public void Finished(TrainingReport report)
    {
        foreach (var observer in observers)
            observer.Finished(report);
    }
}
