using System.Net;
using System.Net.Sockets;
using System.Text;
using ParDsl.Runtime.Collectives.Tcp;
using Xunit;

namespace ParDsl.Runtime.Tests.Collectives.Tcp;

/// <summary>What else can be met at an address and a port.</summary>
public sealed class TcpStrangerTests
{
    private static readonly TimeSpan Short = TimeSpan.FromSeconds(4);

    [Fact]
    public void Nobody_who_answers_is_told_after_the_limit() => AssertDials(
        "127.0.0.1", TcpJob.FreePort(), "PD5331", "in 4 s: the connection was refused");

    [Fact]
    public void A_name_that_no_machine_has_is_told_after_the_limit() => AssertDials(
        "no-such-machine.invalid", 29500, "PD5330", "`no-such-machine.invalid`");

    [Fact]
    public void A_port_that_another_program_uses_is_told_at_once()
    {
        using var other = Listener();
        var failure = Assert.Throws<RunFailedException>(
            () => TcpRendezvous.Join("127.0.0.1", Port(other), 0, 2, TcpJob.Limit));
        TcpJob.AssertRefused(failure, "PD5332", $"another program uses port {Port(other)}");
    }

    [Theory]
    [InlineData("HTTP/1.1 400 Bad Request\r\n\r\n", "its first bytes are `HTTP/1.1 400 Bad`")]
    [InlineData("P", "it closes the connection without an answer")]
    [InlineData("\u001b[31m`", "its first bytes are `.[31m.`")]
    [InlineData("", "it closes the connection without an answer")]
    public void A_program_that_is_not_rank_0_is_recognized(string answer, string behaviour)
    {
        using var other = Listener();
        Serve(other, socket =>
        {
            socket.Send(Encoding.UTF8.GetBytes(answer));
            socket.Receive(new byte[64]);
            socket.Shutdown(SocketShutdown.Both);
        });
        AssertDials("127.0.0.1", Port(other), "PD5333", behaviour);
    }

    [Fact]
    public void A_program_that_takes_the_connection_and_says_nothing_is_recognized()
    {
        using var other = Listener();
        AssertDials("127.0.0.1", Port(other), "PD5333", "says nothing");
    }

    [Fact]
    public void Strangers_hold_nobody_up()
    {
        var port = TcpJob.FreePort();
        var outcomes = TcpJob.Try(3, rank =>
        {
            using var silent = rank == 1 ? Call(port, []) : null;
            using var web = rank == 1 ? Call(port, "GET / HTTP/1.1\r\n\r\n"u8) : null;
            using var huge = rank == 1 ? Call(port, [.. "PARDSL?\n"u8, 255, 255, 255, 127]) : null;
            using var meeting = TcpRendezvous.Join("127.0.0.1", port, rank, 3, TcpJob.Limit);
        });
        Assert.All(outcomes, Assert.Null);
    }

    [Fact]
    public void Ranks_that_do_not_come_are_named_by_those_that_did()
    {
        var port = TcpJob.FreePort();
        var outcomes = TcpJob.Try(2, rank =>
        {
            using var web = rank == 1 ? Call(port, "GET / HTTP/1.1\r\n\r\n"u8) : null;
            TcpRendezvous.Join("127.0.0.1", port, rank, 4, Short).Dispose();
        });
        TcpJob.AssertRefused(outcomes[0], "PD5336", "ranks 2, 3 of 4 did not join");
        TcpJob.AssertRefused(outcomes[0], "PD5336", "1 connection came from something else");
        TcpJob.AssertRefused(outcomes[1], "PD5335", "rank 2 is lost: it has not joined");
    }

    [Fact]
    public void A_process_that_counts_other_processes_is_turned_away_and_the_job_goes_on()
    {
        var port = TcpJob.FreePort();
        using var turned = new ManualResetEventSlim();
        var outcomes = TcpJob.Try(3, thread =>
        {
            if (thread == 1)
                turned.Wait(TcpJob.Limit);
            try
            {
                TcpRendezvous.Join("127.0.0.1", port, Math.Min(thread, 1), thread == 2 ? 3 : 2, TcpJob.Limit).Dispose();
            }
            finally
            {
                if (thread == 2)
                    turned.Set();
            }
        });
        Assert.All(outcomes[..2], Assert.Null);
        TcpJob.AssertRefused(outcomes[2], "PD5334", "WORLD_SIZE is 3 for rank 1, and 2 for rank 0");
    }

    [Fact]
    public void A_rank_that_joined_before_is_turned_away()
    {
        var port = TcpJob.FreePort();
        var outcomes = TcpJob.Try(3, thread => TcpRendezvous.Join("127.0.0.1", port, Math.Min(thread, 1), 3, Short).Dispose());
        TcpJob.AssertRefused(outcomes[0], "PD5336", "rank 2 of 3 did not join");
        Assert.Contains(outcomes[1..], outcome => outcome is RunFailedException { Diagnostic.Code: "PD5334" } failure
            && failure.Diagnostic.Message.Contains("rank 1 has joined", StringComparison.Ordinal));
    }

    [Fact]
    public void A_length_that_nobody_means_is_given_no_memory()
    {
        var port = TcpJob.FreePort();
        var before = GC.GetTotalAllocatedBytes();
        var outcomes = TcpJob.Try(2, rank =>
        {
            if (rank == 0)
            {
                TcpRendezvous.Join("127.0.0.1", port, 0, 2, TcpJob.Limit).Dispose();
                return;
            }

            using var intruder = Call(port, [.. TcpGreeting.Hello(1, 2), (byte)TcpFrameKind.Barrier, 255, 255, 255, 127]);
            TcpConnection.ReceiveAll(intruder, new byte[TcpGreeting.AnswerBytes]);
            _ = Record.Exception(() => TcpConnection.ReceiveAll(intruder, new byte[1]));
        });
        TcpJob.AssertRefused(outcomes[0], "PD5335", "rank 1 is lost: it sends what is no message of ParDsl");
        Assert.True(GC.GetTotalAllocatedBytes() - before < 1L << 30);
    }

    private static void AssertDials(string address, int port, string code, string message) => TcpJob.AssertRefused(
        Record.Exception(() => TcpRendezvous.Join(address, port, 1, 2, Short)), code, message);

    /// <summary>A connection that says these bytes; nobody may listen yet.</summary>
    private static Socket Call(int port, ReadOnlySpan<byte> bytes)
    {
        for (var attempt = 0; ; attempt++)
        {
            var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            try
            {
                socket.Connect(IPAddress.Loopback, port);
                socket.ReceiveTimeout = (int)TcpJob.Limit.TotalMilliseconds;
                socket.Send(bytes);
                return socket;
            }
            catch (SocketException) when (attempt < 100)
            {
                socket.Dispose();
                Thread.Sleep(20);
            }
        }
    }

    private static Socket Listener()
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        socket.Listen();
        return socket;
    }

    private static int Port(Socket listener) => ((IPEndPoint)listener.LocalEndPoint!).Port;

    /// <summary>Treats every connection so, until the listener is closed.</summary>
    private static void Serve(Socket listener, Action<Socket> treat)
    {
        var thread = new Thread(() =>
        {
            while (TryServe(listener, treat))
            {
            }
        });
        thread.IsBackground = true;
        thread.Start();
    }

    private static bool TryServe(Socket listener, Action<Socket> treat)
    {
        try
        {
            using var socket = listener.Accept();
            treat(socket);
            return true;
        }
        catch (Exception failure) when (failure is SocketException or ObjectDisposedException)
        {
            return listener.SafeHandle is { IsClosed: false };
        }
    }
}
