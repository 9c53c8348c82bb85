using ParDsl.Compiler.Checked;

namespace ParDsl.Runtime.Training;

/// <summary>How samples, updates and epochs of a run belong together. Updates and epochs count from 1.</summary>
/// <param name="SampleCount">The training samples.</param>
/// <param name="TotalSteps">The updates that the spec asks for.</param>
internal sealed record RunLength(int SampleCount, int GlobalBatch, long StepsPerEpoch, long TotalSteps)
{
    public static RunLength Of(CheckedTraining training, int sampleCount)
    {
        var stepsPerEpoch = (sampleCount + training.GlobalBatch - 1) / training.GlobalBatch;
        var total = training.Steps > 0 ? training.Steps : training.Epochs * stepsPerEpoch;
        return new RunLength(sampleCount, checked((int)training.GlobalBatch), stepsPerEpoch, total);
    }

    /// <summary>The updates of a run that the command line may end sooner.</summary>
    /// <param name="maximum">0 where it says nothing.</param>
    public long LimitedTo(long maximum) => maximum > 0 ? Math.Min(maximum, TotalSteps) : TotalSteps;

    public long Epoch(long step) => (step - 1) / StepsPerEpoch + 1;

    public bool EndsEpoch(long step) => step % StepsPerEpoch == 0;

    /// <summary>The samples of an update: an epoch's last may have fewer.</summary>
    public int BatchSize(long step) =>
        (int)Math.Min(GlobalBatch, SampleCount - (step - 1) % StepsPerEpoch * GlobalBatch);

    /// <summary>The samples of the running epoch that the updates so far have used.</summary>
    public long DataPosition(long step) => step % StepsPerEpoch * GlobalBatch;
}
