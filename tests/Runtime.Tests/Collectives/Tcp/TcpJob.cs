using System.Net;
using System.Net.Sockets;
using ParDsl.Runtime.Collectives;
using ParDsl.Runtime.Collectives.Tcp;
using Xunit;

namespace ParDsl.Runtime.Tests.Collectives.Tcp;

/// <summary>The processes of a job as threads that meet over the loopback.</summary>
internal static class TcpJob
{
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    /// <summary>A port that nobody listened at a moment ago.</summary>
    public static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }

    public static void Run(int size, string address, Action<IRendezvous> body) =>
        Assert.All(TryMeeting(size, address, body), Assert.Null);

    /// <summary>What each process threw, or null.</summary>
    public static Exception?[] TryMeeting(int size, string address, Action<IRendezvous> body, TimeSpan? limit = null)
    {
        var port = FreePort();
        return Try(size, rank =>
        {
            using var meeting = TcpRendezvous.Join(address, port, rank, size, limit ?? Limit);
            body(meeting);
        });
    }

    /// <summary>What each thread threw, or null.</summary>
    public static Exception?[] Try(int size, Action<int> body)
    {
        var outcomes = new Exception?[size];
        var threads = Enumerable.Range(0, size).Select(rank => new Thread(() => outcomes[rank] = Record.Exception(() => body(rank))))
            .ToArray();
        foreach (var thread in threads)
            thread.Start();
        foreach (var thread in threads)
            Assert.True(thread.Join(2 * Limit), "a process of the job did not end");
        return outcomes;
    }

    public static void AssertRefused(Exception? outcome, string code, string message)
    {
        var failure = Assert.IsType<RunFailedException>(outcome);
        Assert.Equal(code, failure.Diagnostic.Code);
        Assert.Contains(message, failure.Diagnostic.Message, StringComparison.Ordinal);
    }
}
