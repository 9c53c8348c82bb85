using ParDsl.Compiler.Plans;
using ParDsl.Runtime.Collectives;
using ParDsl.Runtime.Engines;
using ParDsl.Runtime.Ranks;

namespace ParDsl.Runtime.Tests.Training;

/// <summary>Threads of one process, whose ranks leave collectives of more than so many bytes to their second threads.</summary>
internal sealed class HandingEngine(long ownThreadBytes) : IEngine
{
    public IRendezvous Processes => ThreadEngine.Instance.Processes;

    public int ProcessOf(int rank) => ThreadEngine.Instance.ProcessOf(rank);

    public IConnections Connect(ExecutionPlan plan, FailureSignal failures, Func<RankActivity> activity) =>
        new Connections(ThreadEngine.Instance.Connect(plan, failures, activity), ownThreadBytes);

    private sealed class Connections(IConnections threads, long ownThreadBytes) : IConnections
    {
        public GroupDoors Doors(GroupPlan group, int rank) => threads.Doors(group, rank) with { OwnThreadBytes = ownThreadBytes };

        public void Dispose() => threads.Dispose();
    }
}
