using System.Collections.Immutable;

namespace ParDsl.Compiler.Hardware.Performance;

/// <summary>
/// How fast work goes, by its size: small matrices and short messages reach less of a device than large ones. Between two
/// points the rate is interpolated over the logarithm of the size; beyond the ends it stays as it is there.
/// </summary>
/// <param name="Points">By growing size, at least one.</param>
public sealed record RateCurve(ImmutableArray<RatePoint> Points)
{
    /// <summary>The same rate for every size.</summary>
    public static RateCurve Flat(double perSecond) => new([new RatePoint(1, perSecond)]);

    /// <summary>
    /// What comes up to its peak as the size grows: at <paramref name="halfSize"/> it is half of it (Hockney's n-half), as a
    /// fixed time before each piece of work makes it.
    /// </summary>
    public static RateCurve Saturating(double peak, double halfSize) =>
        new([.. Enumerable.Range(-6, 13).Select(power => halfSize * Math.Pow(4, power)).Select(size => new RatePoint(size, peak * size / (size + halfSize)))]);

    public double At(double size)
    {
        if (size <= Points[0].Size)
            return Points[0].PerSecond;
        for (var next = 1; next < Points.Length; next++)
        {
            var (low, high) = (Points[next - 1], Points[next]);
            if (size > high.Size)
                continue;
            var share = Math.Log(size / low.Size) / Math.Log(high.Size / low.Size);
            return low.PerSecond + (share * (high.PerSecond - low.PerSecond));
        }

        return Points[^1].PerSecond;
    }

    /// <summary>
    /// How long work of that size takes, in seconds; none takes none, and more never takes less. Where rates grow nearly as the
    /// size does, as they do where work is too small to fill a device, a rate between two points would be too high for that: it
    /// takes at least what a smaller point takes.
    /// </summary>
    public double Seconds(double size)
    {
        if (size <= 0)
            return 0;
        var seconds = size / At(size);
        foreach (var point in Points)
        {
            if (point.Size > size)
                break;
            seconds = Math.Max(seconds, point.Size / point.PerSecond);
        }

        return seconds;
    }

    /// <summary>The same curve at another speed.</summary>
    public RateCurve Times(double factor) =>
        new([.. Points.Select(point => point with { PerSecond = point.PerSecond * factor })]);

    /// <summary>The same curve with a factor that depends on the size.</summary>
    public RateCurve Times(RateCurve factors) =>
        new([.. Points.Select(point => point with { PerSecond = point.PerSecond * factors.At(point.Size) })]);

    public bool Equals(RateCurve? other) => other is not null && Points.SequenceEqual(other.Points);

    public override int GetHashCode() => Points.Aggregate(17, HashCode.Combine);
}
