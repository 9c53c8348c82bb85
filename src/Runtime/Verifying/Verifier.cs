using System.Collections.Immutable;
using ParDsl.Compiler.Checked;
using ParDsl.Compiler.Plans;
using ParDsl.Runtime.Data;
using ParDsl.Runtime.Engines;
using ParDsl.Runtime.Native;
using TorchSharp;

namespace ParDsl.Runtime.Verifying;

/// <summary>
/// Trains the same updates of one spec on one device and on layouts, and says how far they are apart. One device runs a
/// layout's micro-batches one after the other; layouts with as many micro-batches share one such training. In a job every
/// process compares, and all get the same.
/// </summary>
public sealed class Verifier : IDisposable
{
    private readonly long stepCount;
    private readonly double? tolerance;
    private readonly LoadedDataset data;
    private readonly Func<ExecutionPlan, IEngine> engine;
    private readonly Dictionary<int, ReferenceTraining> references = [];

    /// <param name="program">The spec with any layout: all share its data.</param>
    /// <param name="tolerance">Null: <see cref="ToleranceOf"/> the spec's precision.</param>
    /// <param name="engine">What a layout runs on; one device needs none.</param>
    /// <exception cref="RunFailedException">The data or the native libraries are not as they should be.</exception>
    public Verifier(CheckedProgram program, long stepCount, double? tolerance, Func<ExecutionPlan, IEngine> engine)
        : this(DatasetReader.Read(program.Data, program.Training), stepCount, tolerance, engine)
    {
    }

    /// <summary>The same with data that is in memory already, and on threads.</summary>
    public Verifier(LoadedDataset data, long stepCount, double? tolerance)
        : this(data, stepCount, tolerance, LocalEngine.Of)
    {
    }

    private Verifier(LoadedDataset data, long stepCount, double? tolerance, Func<ExecutionPlan, IEngine> engine)
    {
        NativeLibraries.Load();
        (this.data, this.stepCount, this.tolerance, this.engine) = (data, stepCount, tolerance, engine);
    }

    /// <summary>
    /// Room for the rounding of sums in another order. In float64 that is far from what a mistake makes: a lost sample of a batch
    /// of a million is larger. In 16 bits one rounding is 0.4 % or 0.05 %, and a network makes a hundred times as much of it.
    /// </summary>
    public static double ToleranceOf(Precision precision) => precision switch
    {
        Precision.Float64 => 1e-9,
        Precision.Float32 => 1e-3,
        Precision.BFloat16 or Precision.Float16 => 128 * precision.UnitRoundoff(),
        _ => throw new ArgumentOutOfRangeException(nameof(precision), precision, null),
    };

    /// <param name="alone">The plan of one device with as many micro-batches.</param>
    /// <exception cref="RunFailedException">A training failed.</exception>
    /// <exception cref="OperationCanceledException">Between two updates.</exception>
    public LayoutResult Compare(ExecutionPlan layout, ExecutionPlan alone, CancellationToken cancellation)
    {
        if (alone.Ranks.Length != 1 || alone.Batch.MicroBatchCount != layout.Batch.MicroBatchCount)
            throw new ArgumentException("the reference is one device with the layout's micro-batches", nameof(alone));
        var reference = Reference(alone, cancellation);
        using var training = new ObservedTraining(layout, data, engine(layout));
        var precision = layout.Program.Training.Precision;
        var allowed = tolerance ?? ToleranceOf(precision);
        using var rounding = new RoundingElements(RoundingElements.ShareOf(precision, allowed));
        var (losses, gradients, moved) = (Difference.None, Difference.None, 0L);
        for (var step = 0; step < stepCount; step++)
        {
            cancellation.ThrowIfCancellationRequested();
            using var observed = training.Step();
            var expected = reference.Steps[step];
            losses = losses.Or(Loss(expected.Loss, observed.Loss, step));
            gradients = gradients.Or(
                TensorDifferences.Largest(expected.Gradients, observed.Gradients, reference.Floors[step].Of));
            rounding.Add(expected.Gradients, observed.Gradients, reference.Floors[step].Of);
            // The first batch is a whole one: what it moves is what the plan says.
            if (step == 0)
                moved = training.MovedBytes;
        }

        var counts = rounding.Counts();
        ImmutableSortedSet<string> withoutGradient = [.. counts.Keys.Where(rounding.IsWhole)];
        var weights = Weights(reference, training, WeightsOf(layout, rounding, withoutGradient, allowed));
        return new LayoutResult(
            losses, gradients, weights, allowed, withoutGradient, UpdateTraffic.Total(layout), moved)
        {
            PartlyWithoutGradient = counts.RemoveRange(withoutGradient),
        };
    }

    public void Dispose()
    {
        foreach (var reference in references.Values)
            reference.Dispose();
    }

    private static Difference Loss(double expected, double actual, int step) =>
        Difference.Of(Math.Abs(actual - expected), Math.Abs(expected), $"step {step + 1}");

    /// <summary>
    /// Where there is no gradient, an optimizer such as Adam makes whole steps of rounding, which the model's output does not
    /// depend on: all that can be asked is that the two are no farther apart than such steps lead, each its own way.
    /// </summary>
    private WeightDifferences WeightsOf(
        ExecutionPlan layout, RoundingElements rounding, ImmutableSortedSet<string> withoutGradient, double allowed)
    {
        var optimizer = layout.Program.Training.Optimizer;
        var reach = new RoundingReach(optimizer, stepCount);
        var following = FollowingStatistics.Of(layout.Program.Model, withoutGradient);
        return new WeightDifferences(optimizer.Arguments.Real("lr"), allowed, name =>
        {
            if (rounding.Of(name) is { } mask)
                return new MovedElements(mask, reach.Of(rounding.Noise(name)));
            return following.Contains(name)
                ? new MovedElements(torch.ones(1, torch.ScalarType.Bool), reach.Of(withoutGradient.Max(rounding.Noise)))
                : null;
        });
    }

    private static Difference Weights(ReferenceTraining reference, ObservedTraining training, WeightDifferences differences)
    {
        var model = training.CopyModel();
        try
        {
            return differences.Largest(reference.Model, model);
        }
        finally
        {
            foreach (var tensor in model.Values)
                tensor.Dispose();
        }
    }

    private ReferenceTraining Reference(ExecutionPlan alone, CancellationToken cancellation)
    {
        if (!references.TryGetValue(alone.Batch.MicroBatchCount, out var reference))
        {
            reference = new ReferenceTraining(alone, data, stepCount, cancellation);
            references.Add(alone.Batch.MicroBatchCount, reference);
        }

        return reference;
    }
}
