using ParDsl.Runtime.Collectives.Mpi;

namespace ParDsl.MpiRanks;

/// <summary>What every rank of a job does, and adds to its findings.</summary>
internal sealed record Check(Action<MpiJob, Findings> Run)
{
    /// <summary>The most elements that one call of MPI moves.</summary>
    public int LargestPiece { get; init; } = MpiJob.LargestPiece;
}
