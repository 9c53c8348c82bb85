using ParDsl.Runtime.Training;

namespace ParDsl.Runtime.Tests.Training;

/// <summary>Keeps what it was told.</summary>
internal sealed class RecordingObserver : ITrainingObserver
{
    public RunStart? Start { get; private set; }

    public List<StepReport> Steps { get; } = [];

    public List<EpochReport> Epochs { get; } = [];

    public TrainingReport? Report { get; private set; }

    public Action<StepReport> OnStep { get; init; } = _ => { };

    public void Started(RunStart start) => Start = start;

    public void StepDone(StepReport step)
    {
        Steps.Add(step);
        OnStep(step);
    }

    public void EpochDone(EpochReport epoch) => Epochs.Add(epoch);

    public void Finished(TrainingReport report) => Report = report;
}
