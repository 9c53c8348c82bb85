using ParDsl.Compiler.Plans;

namespace ParDsl.Compiler.Costs;

/// <summary>What a rank needs before it goes on in a simulated step.</summary>
/// <param name="Action">The action of its list that it is at.</param>
internal abstract record RankDemand(PlanAction Action)
{
    /// <summary>Time of its device.</summary>
    public sealed record Work(PlanAction Action, TimedWork Kind, double Seconds) : RankDemand(Action);

    /// <summary>A moment that others settle.</summary>
    /// <param name="Known">The second of it; null as long as the others have not done their part.</param>
    public sealed record Moment(PlanAction Action, Func<double?> Known) : RankDemand(Action);
}
