using System.Collections.Immutable;
using ParDsl.Compiler.Plans;
using ParDsl.Runtime.Collectives;
using ParDsl.Runtime.Collectives.Nccl;

namespace ParDsl.Runtime.Engines;

/// <summary>Each rank is a process of its own; a library connects them: MPI, or NCCL.</summary>
public sealed class ProcessEngine : IEngine
{
    private readonly Func<ExecutionPlan, FailureSignal, IConnections> connect;
    private Func<string>? activity;

    /// <param name="createGroup">
    /// Connects the ranks of a group, of which this process is one; called in the same order on all of them.
    /// </param>
    public ProcessEngine(IRendezvous processes, Func<ImmutableArray<int>, ICollectiveGroup> createGroup)
        : this(processes, (plan, _) => new ProcessConnections(plan, processes.Rank, createGroup))
    {
    }

    private ProcessEngine(IRendezvous processes, Func<ExecutionPlan, FailureSignal, IConnections> connect) =>
        (Processes, this.connect) = (processes, connect);

    public IRendezvous Processes { get; }

    /// <summary>What this process's rank is doing, in words; any thread may ask.</summary>
    public string Activity => activity?.Invoke() ?? "its preparation";

    /// <summary>Over NCCL: each process has a GPU of its own.</summary>
    /// <param name="processes">Over which the processes agree before their GPUs communicate.</param>
    public static ProcessEngine OverNccl(IRendezvous processes, NcclLibrary library) =>
        new(processes, (plan, failures) => NcclConnections.OfProcess(library, processes, plan, failures));

    public int ProcessOf(int rank) => rank;

    public IConnections Connect(ExecutionPlan plan, FailureSignal failures, Func<string> activity)
    {
        this.activity = activity;
        return connect(plan, failures);
    }
}
