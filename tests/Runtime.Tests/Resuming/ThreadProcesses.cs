using ParDsl.Compiler.Plans;
using ParDsl.Runtime.Collectives;
using ParDsl.Runtime.Engines;
using ParDsl.Runtime.Ranks;

namespace ParDsl.Runtime.Tests.Resuming;

/// <summary>One rank a process, as over MPI, where the processes are threads of the test and have each other's memory.</summary>
internal sealed class ThreadProcesses(IRendezvous processes, IConnections shared) : IEngine
{
    public IRendezvous Processes => processes;

    public int ProcessOf(int rank) => rank;

    public IConnections Connect(ExecutionPlan plan, FailureSignal failures, Func<RankActivity> activity) => new Own(shared);

    /// <summary>What all share outlives the session of one.</summary>
    private sealed class Own(IConnections shared) : IConnections
    {
        public GroupDoors Doors(GroupPlan group, int rank) => shared.Doors(group, rank);

        public void Dispose()
        {
        }
    }
}
