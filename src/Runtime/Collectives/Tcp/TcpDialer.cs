using System.Net;
using System.Net.Sockets;

namespace ParDsl.Runtime.Collectives.Tcp;

/// <summary>The other ranks' side of joining: they call rank 0 until it answers or the limit is over.</summary>
internal sealed class TcpDialer(string address, int port, int rank, int size, Deadline deadline)
{
    private static readonly TimeSpan AttemptLimit = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private readonly string place = TcpAddress.Words(address, port);

    /// <summary>Why the last call found nobody.</summary>
    private string reason = "no answer";

    private bool hasClosed;

    public TcpConnection Connect()
    {
        do
        {
            foreach (var found in Resolve())
            {
                if (Call(found) is { } socket)
                    return new TcpConnection(socket, rank: 0);
            }

            Thread.Sleep(Pause);
        }
        while (!deadline.IsOver);

        throw hasClosed
            ? TcpErrors.Stranger(place, "it closes the connection without an answer")
            : TcpErrors.NoAnswer(place, reason, deadline.Limit);
    }

    /// <summary>A name may become known only when the machine behind it starts, so it is looked up until the limit.</summary>
    private IPAddress[] Resolve()
    {
        if ((TcpAddress.Loopback(address) ?? TcpAddress.Literal(address)) is { } literal)
            return [literal];
        do
        {
            try
            {
                var lookup = Dns.GetHostAddressesAsync(address);
                if (lookup.Wait(deadline.Left) && lookup.Result.Length > 0)
                    return lookup.Result;
            }
            catch (AggregateException failure) when (failure.InnerException is SocketException or ArgumentException)
            {
                Thread.Sleep(Pause);
            }
        }
        while (!deadline.IsOver);

        throw TcpErrors.Unresolvable(address, deadline.Limit);
    }

    /// <summary>Null where nobody is there yet.</summary>
    private Socket? Call(IPAddress found)
    {
        var socket = new Socket(found.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            Open(socket, new IPEndPoint(found, port));
            socket.Send(TcpGreeting.Hello(rank, size));
            if (IsWelcome(socket))
                return socket;
        }
        catch (SocketException failure)
        {
            reason = TcpErrors.Words(failure);
        }
        catch
        {
            socket.Dispose();
            throw;
        }

        socket.Dispose();
        return null;
    }

    private void Open(Socket socket, IPEndPoint remote)
    {
        TcpCall.Connect(socket, remote, deadline.Left < AttemptLimit ? deadline.Left : AttemptLimit);
        // A port that nobody listens at, and that the system happens to give this very call, connects to itself.
        if (Equals(socket.LocalEndPoint, socket.RemoteEndPoint))
            throw new SocketException((int)SocketError.ConnectionRefused);
    }

    /// <summary>False where the connection was closed: rank 0 may only be starting.</summary>
    private bool IsWelcome(Socket socket)
    {
        var answer = new byte[TcpGreeting.AnswerBytes];
        var count = 0;
        while (count < answer.Length)
        {
            socket.ReceiveTimeout = (int)Math.Max(deadline.Left.TotalMilliseconds, 1);
            var more = Receive(socket, answer.AsSpan(count));
            if (more == 0)
            {
                hasClosed = true;
                return false;
            }

            count += more;
            if (!TcpGreeting.BeginsAnswer(answer.AsSpan(0, count)))
                throw TcpErrors.Stranger(place, $"its first bytes are {TcpErrors.Quoted(answer.AsSpan(0, count))}");
        }

        var (decision, number) = TcpGreeting.ReadAnswer(answer);
        return decision == TcpDecision.Welcome ? true : throw TcpErrors.Refused(decision, place, rank, size, number);
    }

    private int Receive(Socket socket, Span<byte> room)
    {
        try
        {
            return socket.Receive(room);
        }
        catch (SocketException failure) when (failure.SocketErrorCode is SocketError.TimedOut or SocketError.WouldBlock)
        {
            throw TcpErrors.Stranger(place, "it takes the connection and says nothing");
        }
    }
}
