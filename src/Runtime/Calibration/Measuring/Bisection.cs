namespace ParDsl.Runtime.Calibration.Measuring;

/// <summary>Finds where a function that falls has a value.</summary>
internal static class Bisection
{
    private const int Steps = 40;

    /// <returns>Where it is, or the bound that comes next to it; steps halve the ratio of the bounds.</returns>
    public static double Falling(Func<double, double> function, double value, double least, double most)
    {
        for (var step = 0; step < Steps; step++)
        {
            var middle = Math.Sqrt(least * most);
            if (function(middle) > value)
                least = middle;
            else
                most = middle;
        }

        return Math.Sqrt(least * most);
    }
}
