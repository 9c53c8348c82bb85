using System.Net;
using System.Net.Sockets;

namespace ParDsl.Runtime.Collectives.Tcp;

/// <summary>
/// Rank 0's side of joining: it listens until every other rank has said its hello. Whoever says something else, or nothing,
/// is no part of the job and holds nobody up.
/// </summary>
internal sealed class TcpHost : IDisposable
{
    private const int PollMicroseconds = 20_000;

    /// <summary>How long a connection may say nothing.</summary>
    private static readonly TimeSpan HelloLimit = TimeSpan.FromSeconds(10);

    private readonly string place;
    private readonly Deadline deadline;
    private readonly Socket listener;
    private readonly List<(Socket Socket, Deadline Deadline)> pending = [];
    private readonly TcpConnection?[] joined;
    private int strangers;

    public TcpHost(string address, int port, int size, Deadline deadline)
    {
        this.deadline = deadline;
        place = TcpAddress.Words(address, port);
        listener = Listen(address, port);
        joined = new TcpConnection?[size];
    }

    private IEnumerable<int> Missing => Enumerable.Range(1, joined.Length - 1).Where(rank => joined[rank] is null);

    /// <summary>The connections to rank 1 and the following ones.</summary>
    /// <exception cref="RunFailedException">Not all have come; those that have are told so.</exception>
    public TcpConnection[] Gather()
    {
        while (Missing.Any())
        {
            if (deadline.IsOver)
                throw NotAllHere();
            if (listener.Poll(PollMicroseconds, SelectMode.SelectRead))
                pending.Add((listener.Accept(), new Deadline(HelloLimit)));
            for (var index = pending.Count - 1; index >= 0; index--)
            {
                if (IsSettled(pending[index].Socket, pending[index].Deadline))
                    pending.RemoveAt(index);
            }
        }

        return joined[1..]!;
    }

    public void Dispose()
    {
        listener.Dispose();
        foreach (var (socket, _) in pending)
            socket.Dispose();
    }

    /// <summary>Looks at what a connection has said so far; true when it is known whether it belongs to the job.</summary>
    private bool IsSettled(Socket socket, Deadline limit)
    {
        try
        {
            Span<byte> said = stackalloc byte[TcpGreeting.HelloBytes];
            var count = socket.Poll(0, SelectMode.SelectRead) ? socket.Receive(said, SocketFlags.Peek) : -1;
            if (count < 0 && !limit.IsOver)
                return false;
            if (count <= 0 || !TcpGreeting.BeginsHello(said[..count]))
                return Turn(socket);
            if (count < said.Length)
                return limit.IsOver && Turn(socket);
            TcpConnection.ReceiveAll(socket, said);
            Decide(socket, said);
            return true;
        }
        catch (SocketException)
        {
            return Turn(socket);
        }
    }

    private bool Turn(Socket stranger)
    {
        strangers++;
        stranger.Dispose();
        return true;
    }

    private void Decide(Socket socket, ReadOnlySpan<byte> hello)
    {
        var (isThisVersion, rank, size) = TcpGreeting.ReadHello(hello);
        var decision = !isThisVersion ? TcpDecision.VersionDiffers
            : size != joined.Length ? TcpDecision.SizeDiffers
            : rank <= 0 || rank >= size || joined[rank] is not null ? TcpDecision.RankTaken
            : TcpDecision.Welcome;
        socket.Send(TcpGreeting.Answer(decision, joined.Length));
        if (decision == TcpDecision.Welcome)
            joined[rank] = new TcpConnection(socket, rank);
        else
            socket.Dispose();
    }

    private RunFailedException NotAllHere()
    {
        var missing = Missing.ToArray();
        foreach (var connection in joined.OfType<TcpConnection>())
            TcpLoss.Tell(connection, missing[0], "it has not joined the job");
        foreach (var connection in joined)
            connection?.Dispose();
        return TcpErrors.RanksMissing(missing, joined.Length, place, deadline.Limit, strangers);
    }

    /// <summary>
    /// On every address of this machine: the name that others know it by may be none of its own. Only where that name is the
    /// loopback's, nobody else can come.
    /// </summary>
    private Socket Listen(string address, int port)
    {
        var isLocal = TcpAddress.Loopback(address) is not null;
        var any = Socket.OSSupportsIPv6 ? IPAddress.IPv6Any : IPAddress.Any;
        var here = TcpAddress.Loopback(address) ?? any;
        var socket = new Socket(here.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            if (!isLocal && here.AddressFamily == AddressFamily.InterNetworkV6)
                socket.DualMode = true;
            socket.Bind(new IPEndPoint(here, port));
            socket.Listen();
            return socket;
        }
        catch (SocketException failure)
        {
            socket.Dispose();
            throw TcpErrors.CannotListen(place, port, failure);
        }
    }
}
