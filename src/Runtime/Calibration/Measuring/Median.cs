namespace ParDsl.Runtime.Calibration.Measuring;

internal static class Median
{
    /// <summary>Of an even count, the upper of the two in the middle.</summary>
    public static double Of(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        return sorted[sorted.Length / 2];
    }
}
