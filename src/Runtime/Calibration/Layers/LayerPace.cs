namespace ParDsl.Runtime.Calibration.Layers;

/// <summary>How long layers are looked at.</summary>
/// <param name="WarmingSeconds">Before the first update that counts: .NET compiles for speed what was called some dozens of times.</param>
/// <param name="Passes">
/// Over all of it, of which the quickest counts: a neighbour on the same host makes all slower for seconds, which no round
/// among others tells.
/// </param>
/// <param name="Rounds">Of which the quickest counts: others are never the reason that something is quicker.</param>
/// <param name="RoundSeconds">What a round takes, about.</param>
internal sealed record LayerPace(double WarmingSeconds, int Passes, int Rounds, double RoundSeconds)
{
    public static readonly LayerPace Usual = new(WarmingSeconds: 0.3, Passes: 2, Rounds: 8, RoundSeconds: 0.1);

    /// <summary>The system lets one rank have the core for some milliseconds, then another: over so many updates at least, that evens out.</summary>
    public const int LeastOfSharedCores = 3;

    private const int MostUpdates = 100;

    /// <param name="seconds">What one takes.</param>
    public int Updates(double seconds) => (int)Math.Clamp(RoundSeconds / Math.Max(seconds, 1e-6), 1, MostUpdates);
}
