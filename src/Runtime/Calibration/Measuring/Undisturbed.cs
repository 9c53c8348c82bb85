namespace ParDsl.Runtime.Calibration.Measuring;

/// <summary>
/// The least of several rounds; where other programs had too much of the cores it is measured again, a few times. Others are never
/// the reason that something is quicker, and another machine on the same host, of which nothing here tells, makes it take
/// half as long again for seconds.
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
            least = Math.Min(least, Enumerable.Range(0, rounds).Min(_ => round()));
            if (load.Share() < DisturbingShare)
                break;
        }

        return least;
    }
}
