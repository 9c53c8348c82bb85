using ParDsl.Compiler.Plans;
using ParDsl.Runtime.Collectives;
using ParDsl.Runtime.Collectives.Nccl;
using ParDsl.Runtime.Ranks;

namespace ParDsl.Runtime.Engines;

/// <summary>All ranks are threads of this process, each with a GPU of its own; NCCL connects them.</summary>
public sealed class NcclThreadEngine(NcclLibrary library) : IEngine
{
    public IRendezvous Processes => AloneRendezvous.Instance;

    public int ProcessOf(int rank) => 0;

    public IConnections Connect(ExecutionPlan plan, FailureSignal failures, Func<RankActivity> activity) =>
        NcclConnections.OfThreads(library, plan, failures);
}
