namespace ParDsl.Compiler.Plans;

/// <summary>What moves the bytes between ranks, and why it is that.</summary>
/// <param name="Reason">A clause that follows "since": <c>one process sees all ranks' devices</c>.</param>
public sealed record EnginePlan(EngineKind Kind, string Reason)
{
    /// <summary>The word for it: <c>threads</c>, <c>mpi</c>, <c>nccl</c>.</summary>
    public string Name => Kind switch
    {
        EngineKind.Mpi => "mpi",
        EngineKind.Nccl => "nccl",
        _ => "threads",
    };
}
