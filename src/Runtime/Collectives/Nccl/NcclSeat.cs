using static TorchSharp.torch;

namespace ParDsl.Runtime.Collectives.Nccl;

/// <summary>A rank of this process that joins a communicator.</summary>
/// <param name="Rank">Its number there.</param>
internal sealed record NcclSeat(int Rank, Device Device, NcclWatch Watch);
