using System.Collections.Immutable;
using static TorchSharp.torch;

namespace ParDsl.Runtime.Collectives.Nccl;

/// <summary>Makes a group: the communicator of all ranks, then one of two ranks for each channel, in the channels' order.</summary>
internal static class NcclGroupStart
{
    public static NcclGroup Join(
        NcclLibrary library, NcclUniqueId id, int rank, int size, Device device, NcclGroupSettings settings)
    {
        using var start = new GroupsUnderWay();
        var seat = Seat(rank, size, device, settings);
        start.Add(seat.Watch);
        var group = new NcclGroup(library, NcclStart.Join(library, id, size, [seat], settings)[0], seat, size, settings);
        start.Replace(seat.Watch, group);
        var ids = ExchangeIds(library, group, device, settings.Channels);
        for (var index = 0; index < ids.Length; index++)
        {
            var channel = settings.Channels[index];
            if (channel.Source == rank || channel.Destination == rank)
                group.Add(channel, NcclStart.Join(library, ids[index], 2, [End(channel, seat)], settings)[0]);
        }

        return start.Finish()[0];
    }

    public static NcclGroup[] CreateLocal(NcclLibrary library, ImmutableArray<Device> devices, NcclGroupSettings settings)
    {
        using var start = new GroupsUnderWay();
        var size = devices.Length;
        var seats = devices.Select((device, rank) => Seat(rank, size, device, settings)).ToImmutableArray();
        foreach (var seat in seats)
            start.Add(seat.Watch);
        var lanes = NcclStart.Join(library, library.CreateUniqueId(), size, seats, settings);
        foreach (var seat in seats)
            start.Replace(seat.Watch, new NcclGroup(library, lanes[seat.Rank], seat, size, settings));
        foreach (var channel in settings.Channels)
        {
            var (source, destination) = (seats[channel.Source], seats[channel.Destination]);
            var ends = NcclStart.Join(
                library, library.CreateUniqueId(), 2, [End(channel, source), End(channel, destination)], settings);
            start.Groups[channel.Source].Add(channel, ends[0]);
            start.Groups[channel.Destination].Add(channel, ends[1]);
        }

        return start.Finish();
    }

    private static NcclSeat Seat(int rank, int size, Device device, NcclGroupSettings settings) =>
        new(rank, device, new NcclWatch($"rank {rank} of the {size} that share a group", settings.InWorld(rank), settings.Failures));

    private static NcclSeat End(NcclChannel channel, NcclSeat seat) => seat with { Rank = channel.Source == seat.Rank ? 0 : 1 };

    /// <summary>Each channel's source makes its id; the sum over all ranks, of which the others give zeros, tells it to all.</summary>
    private static NcclUniqueId[] ExchangeIds(
        NcclLibrary library, NcclGroup group, Device device, ImmutableArray<NcclChannel> channels)
    {
        if (channels.IsEmpty)
            return [];
        using var scope = NewDisposeScope();
        var own = channels.SelectMany(channel =>
            channel.Source == group.Rank ? library.CreateUniqueId().ToBytes() : new byte[NcclUniqueId.ByteCount]).ToArray();
        var all = tensor(own, dtype: ScalarType.Byte, device: device);
        group.AgreeOn(all);
        var bytes = all.cpu().data<byte>().ToArray();
        return [.. bytes.Chunk(NcclUniqueId.ByteCount).Select(part => NcclUniqueId.FromBytes(part))];
    }
}
