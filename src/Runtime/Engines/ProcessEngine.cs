using System.Collections.Immutable;
using ParDsl.Compiler.Plans;
using ParDsl.Runtime.Collectives;

namespace ParDsl.Runtime.Engines;

/// <summary>Each rank is a process of its own; a library connects them: MPI, or NCCL.</summary>
/// <param name="createGroup">
/// Connects the ranks of a group, of which this process is one; called in the same order on all of them.
/// </param>
public sealed class ProcessEngine(IRendezvous processes, Func<ImmutableArray<int>, ICollectiveGroup> createGroup) : IEngine
{
    private Func<string>? activity;

    public IRendezvous Processes => processes;

    /// <summary>What this process's rank is doing, in words; any thread may ask.</summary>
    public string Activity => activity?.Invoke() ?? "its preparation";

    public int ProcessOf(int rank) => rank;

    public IConnections Connect(ExecutionPlan plan, FailureSignal failures, Func<string> activity)
    {
        this.activity = activity;
        return new ProcessConnections(plan, processes.Rank, createGroup);
    }
}
