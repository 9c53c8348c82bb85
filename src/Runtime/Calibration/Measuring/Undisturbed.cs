namespace ParDsl.Runtime.Calibration.Measuring;

/// <summary>
/// The median over several rounds; where other programs had too much of the cores it is measured again, a few times, and the
/// least counts.
/// </summary>
internal static class Undisturbed
{
    private const int MostAttempts = 3;

    /// <summary>Of all cores: two threads that wait for each other after each piece of work lose far more than that.</summary>
    private const double DisturbingShare = 0.15;

    /// <param name="round">Measures once, in seconds.</param>
    public static double Seconds(int rounds, Func<double> round)
    {
        var least = double.PositiveInfinity;
        for (var attempt = 0; attempt < MostAttempts; attempt++)
        {
            var load = new OtherLoad();
            least = Math.Min(least, Median.Of(Enumerable.Range(0, rounds).Select(_ => round())));
            if (load.Share() < DisturbingShare)
                break;
        }

        return least;
    }
}
