using ParDsl.Compiler.Plans;
using ParDsl.Runtime.Collectives;
using ParDsl.Runtime.Collectives.Mpi;
using ParDsl.Runtime.Collectives.Nccl;
using ParDsl.Runtime.Ranks;

namespace ParDsl.Runtime.Engines;

/// <summary>Each rank is a process of its own; a library connects them.</summary>
public sealed class ProcessEngine : IEngine
{
    private readonly Func<ExecutionPlan, FailureSignal, IConnections> connect;
    private Func<RankActivity>? activity;

    private ProcessEngine(IRendezvous processes, Func<ExecutionPlan, FailureSignal, IConnections> connect) =>
        (Processes, this.connect) = (processes, connect);

    public IRendezvous Processes { get; }

    /// <summary>What this process's rank is doing; any thread may ask.</summary>
    public RankActivity Activity => activity?.Invoke() ?? RankActivity.Preparation;

    /// <summary>MPI moves the bytes.</summary>
    public static ProcessEngine OverMpi(MpiJob job) => new(job, (plan, _) => new MpiConnections(plan, job));

    /// <summary>NCCL moves the bytes; the processes meet over what started them.</summary>
    public static ProcessEngine OverNccl(IRendezvous processes, NcclLibrary library) =>
        new(processes, (plan, failures) => NcclConnections.OfProcess(library, processes, plan, failures));

    public int ProcessOf(int rank) => rank;

    public IConnections Connect(ExecutionPlan plan, FailureSignal failures, Func<RankActivity> activity)
    {
        this.activity = activity;
        return connect(plan, failures);
    }
}
