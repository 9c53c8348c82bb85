namespace ParDsl.Compiler.Catalogue.Metrics;

/// <summary>For targets of numbers.</summary>
internal static class MeanAbsoluteErrorMetric
{
    public static readonly MetricRule Rule = new(
        "mean_absolute_error",
        "The mean of the absolute differences over all values.",
        [],
        TargetKind.Values);
}
