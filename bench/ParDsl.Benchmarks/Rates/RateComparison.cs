using System.Collections.Immutable;
using ParDsl.Benchmarks.Comparisons;

namespace ParDsl.Benchmarks.Rates;

/// <summary>
/// Sides that are timed in turn. The ratio is the first side's rate over the second's; further sides, and quotients of any
/// two, are there for information.
/// </summary>
internal sealed record RateComparison(string Name, string About, ImmutableArray<Side> Sides) : IComparison
{
    public RateUnit Unit { get; init; } = RateUnit.Samples;

    public ImmutableArray<Quotient> Quotients { get; init; } = [];

    /// <summary>More than two sides do five rounds, so that a comparison ends within two minutes.</summary>
    private Alternation Alternation => new(Rounds: Sides.Length == 2 ? 7 : 5, SecondsPerRound: 2);

    public double Run(TextWriter output)
    {
        var rates = OpenSides.Measure(Sides.Select(side => side.Open()), Alternation.Measure);
        var medians = rates.Select(Median.Of).ToArray();
        output.WriteLine($"{Name}: {Unit.Name}, median of {rates[0].Length} rounds each, in turn, {Environment.ProcessorCount} cores");
        foreach (var (side, own, median) in Sides.Zip(rates, medians))
            output.WriteLine($"  {side.Title,-40} {In(median),9:F0}   ({In(own.Min()):F0} to {In(own.Max()):F0})");
        foreach (var quotient in Quotients)
            output.WriteLine($"  {quotient.Title,-40} {medians[quotient.Of] / medians[quotient.Over],9:F2}");
        return medians[0] / medians[1];
    }

    private double In(double rate) => rate / Unit.Size;
}
