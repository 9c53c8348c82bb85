using System.Collections.Immutable;
using ParDsl.Compiler.Plans;
using ParDsl.Runtime.Building;
using ParDsl.Runtime.Data;
using ParDsl.Runtime.Engines;
using ParDsl.Runtime.Training;
using static TorchSharp.torch;

namespace ParDsl.Runtime.Verifying;

/// <summary>A session that gives its gradients after each update, beside the loss.</summary>
internal sealed class ObservedTraining : IDisposable
{
    private readonly GradientProbe probe;
    private readonly TrainingSession session;

    public ObservedTraining(ExecutionPlan plan, LoadedDataset data, IEngine engine)
    {
        probe = new GradientProbe(plan.Ranks.Length);
        session = SessionBuilder.Build(plan, RunOptions.InMemory with { Probe = probe }, engine, data);
    }

    /// <summary>One update. Its gradients are the caller's to dispose.</summary>
    public ObservedStep Step()
    {
        session.Step(1);
        return new ObservedStep(session.Loss, session.Assembly.Parameters(0, probe.Gradients));
    }

    /// <summary>The caller's to dispose.</summary>
    public ImmutableSortedDictionary<string, Tensor> CopyModel() => session.CopyModel(0);

    /// <summary>By all ranks, so far.</summary>
    public long MovedBytes => session.MovedBytes().Sum();

    public void Dispose()
    {
        session.Dispose();
        probe.Dispose();
    }
}
