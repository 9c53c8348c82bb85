namespace ParDsl.Runtime.Calibration.Measuring;

/// <summary>How much time goes into one figure: several short rounds, of which the quickest counts.</summary>
/// <param name="RoundSeconds">What a round takes at least.</param>
/// <param name="MostSeconds">Work that takes longer than this once is measured once, and nothing larger of its kind.</param>
/// <param name="WarmingSeconds">How long a network trains before its first round: .NET compiles for speed what was called some dozens of times.</param>
internal sealed record MeasuringPace(double RoundSeconds, int Rounds, double MostSeconds, double WarmingSeconds)
{
    /// <summary>A round is longer than what a scheduler gives to others now and then, and shorter than this.</summary>
    private const double ShortestRound = 0.002;

    private const double LongestRound = 0.02;

    /// <summary>As long as the rounds of all figures together may take, and how many each number of ranks has, about.</summary>
    private const double TotalSeconds = 18;

    private const int FigureCount = 160;

    /// <summary>The pace that measures a machine for so many numbers of ranks in a minute or two.</summary>
    public static MeasuringPace For(int shareCount)
    {
        const int rounds = 5;
        var round = TotalSeconds / (shareCount * FigureCount * (rounds + 1));
        return new MeasuringPace(Math.Clamp(round, ShortestRound, LongestRound), rounds, MostSeconds: 0.1, WarmingSeconds: 0.3);
    }
}
