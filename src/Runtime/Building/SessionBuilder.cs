using System.Collections.Immutable;
using ParDsl.Compiler.Plans;
using ParDsl.Runtime.Checkpoints;
using ParDsl.Runtime.Data;
using ParDsl.Runtime.Native;
using ParDsl.Runtime.Training;
using static TorchSharp.torch;

namespace ParDsl.Runtime.Building;

/// <summary>A plan comes in; a session whose ranks stand ready on their threads goes out.</summary>
public static class SessionBuilder
{
    /// <exception cref="RunFailedException">
    /// The data, the initial weights or the native libraries are not as they should be.
    /// </exception>
    public static TrainingSession Build(ExecutionPlan plan, RunOptions options)
    {
        NativeLibraries.Load();
        return Build(plan, options, DatasetReader.Read(plan.Program.Data, plan.Program.Training));
    }

    /// <summary>The same with data that is in memory already.</summary>
    public static TrainingSession Build(ExecutionPlan plan, RunOptions options, LoadedDataset data)
    {
        NativeLibraries.Load();
        BatchNormGuard.Check(plan, data.Training.Count);
        var weights = options.InitialWeights is { } file
            ? WeightsLoader.Load(file, plan.Program.Model)
            : ImmutableSortedDictionary<string, Tensor>.Empty;
        try
        {
            return new TrainingSession(plan, options, data, weights);
        }
        finally
        {
            foreach (var tensor in weights.Values)
                tensor.Dispose();
        }
    }
}
