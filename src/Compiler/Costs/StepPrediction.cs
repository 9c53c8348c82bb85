using System.Collections.Immutable;

namespace ParDsl.Compiler.Costs;

/// <summary>How long one update is predicted to take, and what each rank does meanwhile.</summary>
/// <param name="Seconds">Until the last rank is through.</param>
/// <param name="Ranks">Of ranks that do alike one stands for all: see <see cref="RankPrediction.Stands"/>.</param>
/// <param name="Origin">Where the figures of the hardware come from.</param>
public sealed record StepPrediction(double Seconds, ImmutableArray<RankPrediction> Ranks, string Origin)
{
    /// <summary>What most of it goes to, on the rank that works longest.</summary>
    public string Binding { get; init; } = "";
}
