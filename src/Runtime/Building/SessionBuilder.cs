using ParDsl.Compiler.Plans;
using ParDsl.Runtime.Checkpoints;
using ParDsl.Runtime.Data;
using ParDsl.Runtime.Engines;
using ParDsl.Runtime.Jobs;
using ParDsl.Runtime.Native;
using ParDsl.Runtime.Training;

namespace ParDsl.Runtime.Building;

/// <summary>A plan comes in; a session whose ranks stand ready on their threads goes out.</summary>
public static class SessionBuilder
{
    /// <exception cref="RunFailedException">
    /// The data, the initial weights, the checkpoint or the native libraries are not as they should be.
    /// </exception>
    public static TrainingSession Build(ExecutionPlan plan, RunOptions options) => Build(plan, options, ThreadEngine.Instance);

    /// <summary>The same over an engine of one's own.</summary>
    public static TrainingSession Build(ExecutionPlan plan, RunOptions options, IEngine engine)
    {
        NativeLibraries.Load();
        return Build(plan, options, engine, DatasetReader.Read(plan.Program.Data, plan.Program.Training));
    }

    /// <summary>The same with data that is in memory already.</summary>
    public static TrainingSession Build(ExecutionPlan plan, RunOptions options, LoadedDataset data) =>
        Build(plan, options, ThreadEngine.Instance, data);

    /// <summary>The same with both.</summary>
    public static TrainingSession Build(ExecutionPlan plan, RunOptions options, IEngine engine, LoadedDataset data)
    {
        NativeLibraries.Load();
        DataAgreement.Require(engine.Processes, data);
        var length = RunLength.Of(plan.Program.Training, data.Training.Count);
        BatchNormGuard.Check(plan, data.Training.Count, length.LimitedTo(options.MaximumSteps));
        using var start = options.Resume?.Checkpoint.Open(plan.Program.Model);
        using var weights = options.InitialWeights is { } path ? WeightsLoader.Open(path, plan.Program.Model) : null;
        return new TrainingSession(plan, options, engine, data, weights, start);
    }
}
