using static TorchSharp.torch;

namespace ParDsl.Runtime.Collectives.Mpi;

/// <summary>A message under way: MPI reads the copy until every request of its pieces is done.</summary>
internal sealed class PendingSend(Tensor copy, IReadOnlyList<nint> requests)
{
    public Tensor Copy { get; } = copy;

    /// <summary>One a piece, still under way.</summary>
    public Queue<nint> Requests { get; } = new(requests);
}
