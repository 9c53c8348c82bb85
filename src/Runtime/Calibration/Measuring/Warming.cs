using static TorchSharp.torch;

namespace ParDsl.Runtime.Calibration.Measuring;

/// <summary>
/// Lets .NET compile for speed what is measured of its own code: it does so after some dozens of calls, in the background, and
/// a training has long got there.
/// </summary>
internal static class Warming
{
    private const int Times = 3;

    /// <summary>.NET looks for what to compile again when nothing new was called for a tenth of a second.</summary>
    private static readonly TimeSpan Rest = TimeSpan.FromMilliseconds(150);

    public static void Run(RankTeam team)
    {
        for (var time = 0; time < Times; time++)
        {
            _ = SpecialMeasure.PerSecond(team);
            _ = team.SecondsOf((_, device) => new ProductWork(ProductShape.Smallest, ScalarType.Float32, device));
            Thread.Sleep(Rest);
        }
    }
}
