using System.Collections.Immutable;
using ParDsl.Compiler.Checked;
using ParDsl.Runtime.Collectives;
using ParDsl.Runtime.Modules;
using ParDsl.Runtime.Training.Losses;
using ParDsl.Runtime.Training.Metrics;

namespace ParDsl.Runtime.Training;

/// <summary>The spec's loss and metrics, which are summed side by side.</summary>
internal sealed record MeasureSet(IMeasure Loss, ImmutableArray<IMeasure> Metrics, ImmutableArray<string> MetricNames)
{
    public const string LossName = "loss";

    /// <summary>The loss, then each metric, as their sums stand.</summary>
    public ImmutableArray<string> SumNames => [LossName, .. MetricNames];

    public int Count => 1 + Metrics.Length;

    public static MeasureSet Of(CheckedProgram program) => new(
        LossFactory.Create(program.Training.Loss, program.Model.Output),
        [.. program.Training.Metrics.Select(metric => MetricFactory.Create(metric, program.Model.Output))],
        [.. program.Training.Metrics.Select(metric => metric.Kind)]);

    /// <summary>Where each tensor rank has the logits of its classes: cross-entropy and accuracies, as the planner sees to.</summary>
    public static MeasureSet OfParts(CheckedProgram program, ICollectiveGroup group, CallbackFailure callbacks)
    {
        var (training, places) = (program.Training, ClassPlaces.Count(program.Model.Output));
        return new(
            new SplitCrossEntropyLoss(training.Loss.Arguments.Real("label_smoothing"), places, group, callbacks),
            [.. training.Metrics.Select(_ => new SplitAccuracyMetric(places, group))],
            [.. training.Metrics.Select(metric => metric.Kind)]);
    }

    /// <summary>Sums over a number of samples become means: the loss, then each metric.</summary>
    public MeasuredMeans Means(ReadOnlySpan<double> sums, long sampleCount)
    {
        var loss = sums[0] / ((double)sampleCount * Loss.TermsPerSample);
        var metrics = ImmutableSortedDictionary.CreateBuilder<string, double>(StringComparer.Ordinal);
        for (var metric = 0; metric < Metrics.Length; metric++)
            metrics[MetricNames[metric]] = sums[metric + 1] / ((double)sampleCount * Metrics[metric].TermsPerSample);
        return new MeasuredMeans(loss, metrics.ToImmutable());
    }
}
