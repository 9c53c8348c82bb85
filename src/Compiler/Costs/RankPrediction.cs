using System.Collections.Immutable;

namespace ParDsl.Compiler.Costs;

/// <summary>What one rank does while a step is predicted.</summary>
/// <param name="Rank">The rank whose actions these are.</param>
/// <param name="Stands">The ranks that do the same, at the same time or sooner, this one among them.</param>
/// <param name="Actions">By their start; those in the background overlap with others.</param>
public sealed record RankPrediction(int Rank, ImmutableArray<int> Stands, ImmutableArray<PredictedAction> Actions)
{
    /// <summary>The seconds that go to one kind of work, background apart.</summary>
    public double SecondsOf(TimedWork work) =>
        Actions.Where(action => action.Work == work && !action.IsBackground).Sum(action => action.Seconds);
}
