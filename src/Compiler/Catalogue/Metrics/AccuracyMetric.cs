namespace ParDsl.Compiler.Catalogue.Metrics;

/// <summary>For class targets.</summary>
internal static class AccuracyMetric
{
    public static readonly MetricRule Rule = new(
        "accuracy",
        "The share of samples, or of their places, whose greatest output is at the right class.",
        [],
        TargetKind.Class)
    {
        IsBetterGreater = true,
    };
}
