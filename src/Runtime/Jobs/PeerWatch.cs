using System.Collections.Immutable;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using ParDsl.Diagnostics;
using ParDsl.Runtime.Collectives.Tcp;

namespace ParDsl.Runtime.Jobs;

/// <summary>Another process's side of a watch: it tells the first one that it is alive, and ends when that one says so.</summary>
internal sealed class PeerWatch : IJobWatch
{
    private static readonly TimeSpan ConnectLimit = TimeSpan.FromSeconds(3);

    /// <summary>How long the first process may take to greet back.</summary>
    private static readonly TimeSpan GreetingLimit = TimeSpan.FromSeconds(20);

    /// <summary>How long a failed process waits to be ended before it goes by itself.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(8);

    private readonly WatchConnection connection;
    private readonly ImmutableArray<JobMember> members;
    private readonly int rank;
    private readonly WatchOptions options;
    private readonly ManualResetEventSlim released = new();
    private long lastHeard = Stopwatch.GetTimestamp();
    private string firstActivity = "its preparation";
    private volatile bool isLeaving;
    private volatile bool isDisposed;

    private PeerWatch(WatchConnection connection, ImmutableArray<JobMember> members, int rank, WatchOptions options)
    {
        (this.connection, this.members, this.rank, this.options) = (connection, members, rank, options);
        new Thread(Hear) { IsBackground = true, Name = "job watch" }.Start();
        new Thread(Pulse) { IsBackground = true, Name = "job watch pulse" }.Start();
    }

    /// <summary>Tries the first process's addresses, one after the other; null where none answers.</summary>
    public static PeerWatch? TryConnect(int rank, WatchAddress address, ImmutableArray<JobMember> members, WatchOptions options)
    {
        foreach (var host in address.Addresses)
        {
            if (TryGreet(host, address, rank) is { } connection)
                return new PeerWatch(connection, members, rank, options);
        }

        return null;
    }

    public ImmutableArray<JobMember> Members => members;

    public void Fail(RunFailedException failure, int exitCode)
    {
        var message = new WatchMessage(WatchMessage.Failed, "", exitCode)
        {
            Finding = DiagnosticMessage.Of(failure.Diagnostic),
            Rank = failure.Rank,
        };
        connection.Send(message);
        Thread.Sleep(Patience);
    }

    public void Leave()
    {
        isLeaving = true;
        connection.Send(new WatchMessage(WatchMessage.Leaving, "", 0));
        released.Wait();
    }

    public void Tell(string text) => connection.Send(new WatchMessage(WatchMessage.Mail, text, 0));

    public string Hear(int rank) => throw new InvalidOperationException("the first process alone hears the others");

    public void Dispose()
    {
        isDisposed = true;
        connection.Dispose();
    }

    private static WatchConnection? TryGreet(string host, WatchAddress address, int rank)
    {
        var remote = new IPEndPoint(IPAddress.Parse(host), address.Port);
        var client = new TcpClient(remote.AddressFamily);
        try
        {
            TcpCall.Connect(client.Client, remote, ConnectLimit);
        }
        catch (SocketException)
        {
            client.Dispose();
            return null;
        }

        if (WatchConnection.TryOver(client) is not { } connection)
            return null;
        connection.Send(new WatchMessage(WatchMessage.Greeting, address.Secret, rank));
        connection.LimitReceiving(GreetingLimit);
        if (connection.Receive() is { Kind: WatchMessage.Greeting })
        {
            connection.LimitReceiving(TimeSpan.Zero);
            return connection;
        }

        connection.Dispose();
        return null;
    }

    private void Hear()
    {
        while (connection.Receive() is { } message)
        {
            Volatile.Write(ref lastHeard, Stopwatch.GetTimestamp());
            switch (message.Kind)
            {
                case WatchMessage.Alive: firstActivity = message.Text; break;
                case WatchMessage.End: options.End(new JobEnd(null, message.Number, null)); break;
                case WatchMessage.Leaving: released.Set(); return;
                default: break; // A later version's word, which this one can do without.
            }
        }

        if (!isDisposed)
            EndWithoutFirst(JobErrors.Died(members[0], firstActivity), isHanging: false);
    }

    private void Pulse()
    {
        var last = Stopwatch.GetTimestamp();
        while (!isDisposed)
        {
            // A process that was stopped itself, and goes on, has not heard: that says nothing of the others.
            if (Stopwatch.GetElapsedTime(last) > 4 * JobWatch.Pulse)
                Volatile.Write(ref lastHeard, Stopwatch.GetTimestamp());
            last = Stopwatch.GetTimestamp();
            if (!isLeaving)
                connection.Send(WatchMessage.SignOfLife(options.Activity()));
            if (!released.IsSet && Stopwatch.GetElapsedTime(Volatile.Read(ref lastHeard)) > options.Silence)
                EndWithoutFirst(JobErrors.Silent(members[0], firstActivity, options.Silence), isHanging: true);
            Thread.Sleep(JobWatch.Pulse);
        }
    }

    /// <summary>Nobody is there to tell of it but the others: one of them does, <see cref="SpeakerWithoutFirst"/>.</summary>
    private void EndWithoutFirst(Diagnostic finding, bool isHanging) =>
        options.End(new JobEnd(rank == SpeakerWithoutFirst ? finding : null, WatchMessage.FailureCode, null) { LeavesOneHanging = isHanging });

    /// <summary>
    /// The first one on another machine, since the first process's machine may be lost with all that ran there; where there is
    /// only one machine, the second one.
    /// </summary>
    private int SpeakerWithoutFirst => members.FirstOrDefault(member => member.Host != members[0].Host)?.Rank ?? 1;
}
