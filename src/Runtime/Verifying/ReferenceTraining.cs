using System.Collections.Immutable;
using ParDsl.Compiler.Plans;
using ParDsl.Runtime.Data;
using ParDsl.Runtime.Engines;
using static TorchSharp.torch;

namespace ParDsl.Runtime.Verifying;

/// <summary>What one device learned: every update's loss and gradients, and the model after the last one.</summary>
internal sealed class ReferenceTraining : IDisposable
{
    private readonly List<ObservedStep> steps = [];
    private readonly List<GradientFloors> floors = [];

    public ReferenceTraining(ExecutionPlan plan, LoadedDataset data, long stepCount, CancellationToken cancellation)
    {
        try
        {
            using var training = new ObservedTraining(plan, data, ThreadEngine.Instance);
            for (var step = 0; step < stepCount; step++)
            {
                cancellation.ThrowIfCancellationRequested();
                steps.Add(training.Step());
                floors.Add(new GradientFloors(plan.Program.Model, steps[step].Gradients));
            }

            Model = training.CopyModel();
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public IReadOnlyList<ObservedStep> Steps => steps;

    /// <summary>One for each step.</summary>
    public IReadOnlyList<GradientFloors> Floors => floors;

    public ImmutableSortedDictionary<string, Tensor> Model { get; } = ImmutableSortedDictionary<string, Tensor>.Empty;

    public void Dispose()
    {
        foreach (var step in steps)
            step.Dispose();
        foreach (var tensor in Model.Values)
            tensor.Dispose();
    }
}
