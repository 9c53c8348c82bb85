using ParDsl.Compiler.Hardware;

namespace ParDsl.Runtime.Calibration.Measuring;

/// <summary>
/// What a call costs beside its work: by how much an update of a deeper tiny network takes longer than one of a less deep one,
/// over the calls that it makes more. What every update has once is in both.
/// </summary>
internal static class CallMeasure
{
    private const int Layers = 12;
    private const int MoreLayers = 36;

    /// <summary>All other predictions are made of it, so it has more rounds.</summary>
    private const int RoundsOfFigure = 3;

    /// <summary>What is left where noise would leave nothing: no call is quicker.</summary>
    private const double LeastSeconds = 1e-7;

    /// <param name="machine">Without a calibration.</param>
    public static double Seconds(HardwareDescription machine, int ranks, MeasuringPace pace, CancellationToken cancellation)
    {
        var specs = new ReferenceSpec(ranks);
        using var less = new ReferenceNetwork(machine, specs.Calls(Layers));
        using var more = new ReferenceNetwork(machine, specs.Calls(MoreLayers));
        var count = Math.Max(2, (int)(pace.RoundSeconds / Math.Max(less.Warm(pace.WarmingSeconds, cancellation), 1e-6)));
        more.Warm(pace.WarmingSeconds, cancellation);
        var rounds = new List<(double Less, double More)>();
        for (var attempt = 0; attempt < pace.Rounds * RoundsOfFigure; attempt++)
        {
            cancellation.ThrowIfCancellationRequested();
            rounds.Add((less.Update(count), more.Update(count)));
        }

        var difference = rounds.Min(round => round.More) - rounds.Min(round => round.Less);
        return Math.Max(LeastSeconds, difference / ((MoreLayers - Layers) * ReferenceSpec.CallsOfLayer));
    }
}
