using System.Net.Sockets;

namespace ParDsl.Runtime.Collectives.Tcp;

/// <summary>
/// A star of connections: rank 0 in the middle, one to each other rank. For processes that were started with PyTorch's
/// variables, and have no MPI to meet over.
/// </summary>
/// <remarks>One thread at a time may use it.</remarks>
public sealed class TcpRendezvous : IRendezvous, IDisposable
{
    /// <summary>Rank 0 notices first what goes wrong, and says so to the others within this time.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(5);

    private readonly TimeSpan limit;

    /// <summary>On rank 0 one to each other rank, in their order; elsewhere the one to rank 0.</summary>
    private readonly TcpConnection[] connections;

    private TcpRendezvous(int rank, int size, TimeSpan limit, TcpConnection[] connections)
    {
        (Rank, Size, this.limit, this.connections) = (rank, size, limit, connections);
    }

    public int Rank { get; }

    public int Size { get; }

    /// <summary>Returns when all ranks have joined.</summary>
    /// <param name="address">Rank 0's, as the others know it.</param>
    /// <param name="limit">For joining, and later for each wait for another process.</param>
    /// <exception cref="RunFailedException">They do not meet: with who is missing, or who is there instead.</exception>
    public static TcpRendezvous Join(string address, int port, int rank, int size, TimeSpan limit)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(rank, 0);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(rank, size);
        var deadline = new Deadline(limit);
        var joined = new TcpRendezvous(rank, size, limit, Connect(address, port, rank, size, deadline));
        try
        {
            joined.Barrier();
            return joined;
        }
        catch
        {
            joined.Dispose();
            throw;
        }
    }

    public byte[] Broadcast(byte[] bytes, int root)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(root, 0);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(root, Size);
        if (Rank != 0)
        {
            if (Rank != root)
                return FromCentre(TcpFrameKind.Broadcast);
            ToCentre(TcpFrameKind.Broadcast, bytes);
            return bytes;
        }

        var given = root == 0 ? bytes : FromRanks(TcpFrameKind.Broadcast, [connections[root - 1]])[0];
        ToRanks(TcpFrameKind.Broadcast, connections.Where(connection => connection.Rank != root), given);
        return given;
    }

    public byte[][] AllGather(byte[] bytes)
    {
        if (Rank == 0)
        {
            byte[][] all = [bytes, .. FromRanks(TcpFrameKind.Gather, connections)];
            foreach (var part in all)
                ToRanks(TcpFrameKind.Gather, connections, part);
            return all;
        }

        ToCentre(TcpFrameKind.Gather, bytes);
        return [.. Enumerable.Range(0, Size).Select(_ => FromCentre(TcpFrameKind.Gather))];
    }

    public byte[] SendToFirst(byte[] bytes, int source)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(source, 0);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(source, Size);
        if (Rank == 0)
            return source == 0 ? bytes : FromRanks(TcpFrameKind.ToFirst, [connections[source - 1]])[0];
        if (Rank == source)
            ToCentre(TcpFrameKind.ToFirst, bytes);
        return [];
    }

    public void Barrier()
    {
        if (Rank == 0)
        {
            FromRanks(TcpFrameKind.Barrier, connections);
            ToRanks(TcpFrameKind.Barrier, connections, []);
            return;
        }

        ToCentre(TcpFrameKind.Barrier, []);
        FromCentre(TcpFrameKind.Barrier);
    }

    public void Dispose()
    {
        foreach (var connection in connections)
            connection.Dispose();
    }

    private static TcpConnection[] Connect(string address, int port, int rank, int size, Deadline deadline)
    {
        if (size == 1)
            return [];
        if (rank != 0)
            return [new TcpDialer(address, port, rank, size, deadline).Connect()];
        using var host = new TcpHost(address, port, size, deadline);
        return host.Gather();
    }

    private void ToCentre(TcpFrameKind kind, ReadOnlySpan<byte> bytes)
    {
        try
        {
            connections[0].Send(kind, bytes, limit);
        }
        catch (SocketException failure)
        {
            // What rank 0 said before it went explains more than that it went.
            throw LastWords() ?? TcpErrors.RankLost(0, TcpErrors.Words(failure));
        }
    }

    private byte[] FromCentre(TcpFrameKind kind)
    {
        try
        {
            var (given, bytes) = connections[0].Receive(limit + Grace);
            if (given == TcpFrameKind.Lost)
                throw Lost(bytes);
            return given == kind ? bytes : throw CalledWrongly(kind, given, 0);
        }
        catch (Exception failure) when (failure is SocketException or InvalidDataException)
        {
            throw TcpErrors.RankLost(0, Reason(failure, limit + Grace));
        }
    }

    private RunFailedException? LastWords()
    {
        try
        {
            var (kind, bytes) = connections[0].Receive(TimeSpan.FromSeconds(1));
            return kind == TcpFrameKind.Lost ? Lost(bytes) : null;
        }
        catch (Exception failure) when (failure is SocketException or InvalidDataException)
        {
            return null;
        }
    }

    private static RunFailedException Lost(byte[] bytes)
    {
        var (rank, reason) = TcpLoss.Read(bytes);
        return TcpErrors.RankLost(rank, reason);
    }

    private void ToRanks(TcpFrameKind kind, IEnumerable<TcpConnection> ranks, ReadOnlySpan<byte> bytes)
    {
        foreach (var connection in ranks)
        {
            try
            {
                connection.Send(kind, bytes, limit);
            }
            catch (SocketException failure)
            {
                throw Lose(connection, failure);
            }
        }
    }

    /// <summary>A frame of each of these ranks, in their order; whichever speaks, or goes, is noticed at once.</summary>
    private byte[][] FromRanks(TcpFrameKind kind, TcpConnection[] ranks)
    {
        var frames = new byte[ranks.Length][];
        var deadline = new Deadline(limit);
        var waiting = Enumerable.Range(0, ranks.Length).ToList();
        while (waiting.Count > 0)
        {
            var ready = waiting.Select(index => ranks[index].Socket).ToList();
            Socket.Select(ready, null, null, deadline.Left);
            if (ready.Count == 0)
                throw Lose(ranks[waiting[0]], new SocketException((int)SocketError.TimedOut));
            foreach (var index in waiting.Where(index => ready.Contains(ranks[index].Socket)).ToList())
            {
                frames[index] = FromRank(kind, ranks[index], deadline);
                waiting.Remove(index);
            }
        }

        return frames;
    }

    private byte[] FromRank(TcpFrameKind kind, TcpConnection rank, Deadline deadline)
    {
        try
        {
            var (given, bytes) = rank.Receive(deadline.Left);
            return given == kind ? bytes : throw CalledWrongly(kind, given, rank.Rank);
        }
        catch (Exception failure) when (failure is SocketException or InvalidDataException)
        {
            throw Lose(rank, failure);
        }
    }

    private RunFailedException Lose(TcpConnection lost, Exception failure)
    {
        var reason = Reason(failure, limit);
        foreach (var connection in connections.Where(connection => connection != lost))
            TcpLoss.Tell(connection, lost.Rank, reason);
        return TcpErrors.RankLost(lost.Rank, reason);
    }

    private static string Reason(Exception failure, TimeSpan waited) => failure switch
    {
        SocketException { SocketErrorCode: SocketError.TimedOut or SocketError.WouldBlock } => TcpErrors.Silence(waited),
        SocketException gone => TcpErrors.Words(gone),
        _ => "it sends what is no message of ParDsl",
    };

    private static InvalidOperationException CalledWrongly(TcpFrameKind own, TcpFrameKind other, int rank) =>
        new($"processes meet in different calls: this one in {own}, rank {rank} in {other}");
}
