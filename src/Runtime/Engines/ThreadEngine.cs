using ParDsl.Compiler.Plans;
using ParDsl.Runtime.Collectives;
using ParDsl.Runtime.Ranks;

namespace ParDsl.Runtime.Engines;

/// <summary>All ranks are threads of this process, and work on each other's memory.</summary>
public sealed class ThreadEngine : IEngine
{
    public static readonly ThreadEngine Instance = new();

    private ThreadEngine()
    {
    }

    public IRendezvous Processes => AloneRendezvous.Instance;

    public int ProcessOf(int rank) => 0;

    public IConnections Connect(ExecutionPlan plan, FailureSignal failures, Func<RankActivity> activity) =>
        new ThreadConnections(plan, failures);
}
