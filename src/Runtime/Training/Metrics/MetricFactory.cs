using System.Collections.Frozen;
using ParDsl.Compiler.Checked;

namespace ParDsl.Runtime.Training.Metrics;

/// <summary>The metric of each name; a test holds this list against the compiler's catalogue.</summary>
internal static class MetricFactory
{
    private static readonly FrozenDictionary<string, Func<Shape, IMeasure>> Metrics =
        new Dictionary<string, Func<Shape, IMeasure>>
        {
            ["accuracy"] = output => new AccuracyMetric(ClassPlaces.Count(output)),
            ["mean_absolute_error"] = output => new MeanAbsoluteErrorMetric(output.ElementCount),
        }.ToFrozenDictionary();

    public static IEnumerable<string> Kinds => Metrics.Keys.Order(StringComparer.Ordinal);

    /// <param name="output">The shape of what the model gives for a sample.</param>
    public static IMeasure Create(CheckedComponent metric, Shape output) => Metrics[metric.Kind](output);
}
