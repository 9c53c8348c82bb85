namespace ParDsl.Compiler.Plans;

/// <summary>What moves the bytes between ranks.</summary>
public enum EngineKind
{
    /// <summary>The memory of one process, whose threads the ranks are.</summary>
    Threads,

    /// <summary>The machine's MPI, between processes.</summary>
    Mpi,

    /// <summary>NVIDIA's collective library, between GPUs.</summary>
    Nccl,
}
