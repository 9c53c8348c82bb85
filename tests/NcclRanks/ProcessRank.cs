using System.Collections.Immutable;
using ParDsl.Runtime.Collectives.Nccl;
using ParDsl.Runtime.Collectives.Tcp;
using TorchSharp;
using static TorchSharp.torch;

namespace ParDsl.NcclRanks;

/// <summary>One rank in a process of its own: the id comes over the rendezvous.</summary>
internal static class ProcessRank
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    public static void Run(NcclLibrary library, int size, string work, ImmutableArray<NcclChannel> channels, int rank, int port) =>
        Outcome.Write(rank, () =>
        {
            using var meeting = TcpRendezvous.Join("127.0.0.1", port, rank, size, Limit);
            var id = meeting.Broadcast(rank == 0 ? library.CreateUniqueId().ToBytes() : [], root: 0);
            using var group = NcclGroup.Join(
                library,
                NcclUniqueId.FromBytes(id),
                rank,
                size,
                new Device(DeviceType.CPU),
                new NcclGroupSettings { Channels = channels, StartLimit = Limit });
            return RankWork.Do(work, group);
        });
}
