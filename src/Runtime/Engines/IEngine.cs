using ParDsl.Compiler.Plans;
using ParDsl.Runtime.Collectives;
using ParDsl.Runtime.Ranks;

namespace ParDsl.Runtime.Engines;

/// <summary>
/// What moves bytes between the ranks of a plan. The ranks' program is the same over each; an engine says in which process each
/// rank lives, and gives those of this one their doors to their groups.
/// </summary>
public interface IEngine
{
    /// <summary>This process among those that run the plan together.</summary>
    IRendezvous Processes { get; }

    /// <summary>The number of the process that a rank lives in.</summary>
    int ProcessOf(int rank);

    /// <summary>Connects this process's ranks with all others. Every process of the job calls it with the same plan.</summary>
    /// <param name="failures">What ends the waits of this process's ranks.</param>
    /// <param name="activity">What this process's first rank is doing, for whoever watches over it.</param>
    IConnections Connect(ExecutionPlan plan, FailureSignal failures, Func<RankActivity> activity);
}
