using System.Collections.Immutable;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using ParDsl.Diagnostics;
using ParDsl.Runtime.Ranks;

namespace ParDsl.Runtime.Jobs;

/// <summary>The first process's side of a watch: it hears all others, and decides that the job ends.</summary>
internal sealed class HubWatch : IJobWatch
{
    /// <summary>
    /// A death makes its neighbours fail: where a failure comes first, the death that caused it is there within this time.
    /// </summary>
    private static readonly TimeSpan CauseDelay = TimeSpan.FromMilliseconds(300);

    private static readonly TimeSpan ConnectLimit = TimeSpan.FromSeconds(60);

    /// <summary>How long a caller may take to greet: machines that start many processes at once are slow.</summary>
    private static readonly TimeSpan GreetingLimit = TimeSpan.FromSeconds(15);

    private static readonly TimeSpan RetryDelay = TimeSpan.FromMilliseconds(20);

    private readonly ImmutableArray<JobMember> members;
    private readonly WatchOptions options;
    private readonly TcpListener listener;
    private readonly WatchedPeer?[] peers;
    private readonly StallWatch stalls;
    private readonly Stopwatch clock = Stopwatch.StartNew();
    private readonly object gate = new();
    private readonly Thread pulse;
    private JobEnd? end;
    private volatile bool isComplete;
    private volatile bool isLeaving;
    private volatile bool isDisposed;

    private HubWatch(TcpListener listener, ImmutableArray<JobMember> members, WatchOptions options)
    {
        (this.listener, this.members, this.options) = (listener, members, options);
        (peers, stalls) = (new WatchedPeer?[members.Length], new StallWatch(options.Stall));
        Address = new WatchAddress(
            WatchAddress.OwnAddresses(),
            ((IPEndPoint)listener.LocalEndpoint).Port,
            Convert.ToHexString(RandomNumberGenerator.GetBytes(16)));
        pulse = new Thread(Pulse) { IsBackground = true, Name = "job watch" };
        new Thread(Accept) { IsBackground = true, Name = "job watch listener" }.Start();
    }

    /// <summary>Null where the port is in use.</summary>
    public static HubWatch? TryListen(ImmutableArray<JobMember> members, WatchOptions options)
    {
        try
        {
            var listener = TcpListener.Create(options.Port);
            listener.Start();
            return new HubWatch(listener, members, options);
        }
        catch (SocketException)
        {
            return null;
        }
    }

    public WatchAddress Address { get; }

    public ImmutableArray<JobMember> Members => members;

    /// <summary>Returns when all others have connected, or when they no longer can be expected to.</summary>
    public void AwaitPeers()
    {
        var limit = DateTime.UtcNow + ConnectLimit;
        lock (gate)
        {
            while (peers.Count(peer => peer is not null) < members.Length - 1 && DateTime.UtcNow < limit)
                Monitor.Wait(gate, JobWatch.Pulse);
        }

        StopListening();
        pulse.Start();
    }

    public void Fail(RunFailedException failure, int exitCode)
    {
        if (Claim(new JobEnd(failure.Diagnostic, exitCode, failure.Rank)))
            TellAll(new WatchMessage(WatchMessage.End, "", exitCode));
        else
            Thread.Sleep(Timeout.Infinite); // The one who came first ends this process.
    }

    public void Leave()
    {
        isLeaving = true;
        TellAll(new WatchMessage(WatchMessage.Leaving, "", 0));
        lock (gate)
        {
            while (Peers.Any(peer => !peer.HasLeft))
                Monitor.Wait(gate, JobWatch.Pulse);
        }
    }

    public void Tell(string text) => throw new InvalidOperationException("the first process hears, and tells nobody");

    public string Hear(int rank)
    {
        var peer = peers[rank]!;
        return peer.Mail.TryTake(out var text, Timeout.Infinite)
            ? text
            : throw new RunFailedException(JobErrors.Died(peer.Member, peer.Activity.Action));
    }

    public void Dispose()
    {
        isDisposed = true;
        StopListening();
        foreach (var peer in Peers)
            peer.Connection.Dispose();
    }

    private IEnumerable<WatchedPeer> Peers => peers.OfType<WatchedPeer>();

    private void StopListening()
    {
        isComplete = true;
        listener.Stop();
    }

    private void Accept()
    {
        while (!isComplete)
        {
            try
            {
                var caller = listener.AcceptTcpClient();
                // A stranger who says nothing keeps nobody waiting.
                new Thread(() => Welcome(caller), 1 << 18) { IsBackground = true, Name = "job watch welcome" }.Start();
            }
            catch (Exception trouble) when (trouble is SocketException or ObjectDisposedException or InvalidOperationException)
            {
                // The listener was stopped, or one caller is gone already: the others are still to come.
                Thread.Sleep(RetryDelay);
            }
        }
    }

    /// <summary>Hears a process of the job from now on. A stranger, who does not know the secret, is shown out.</summary>
    private void Welcome(TcpClient caller)
    {
        if (WatchConnection.TryOver(caller) is not { } connection)
            return;
        connection.LimitReceiving(GreetingLimit);
        var greeting = connection.Receive();
        if (greeting is not { Kind: WatchMessage.Greeting } || greeting.Text != Address.Secret
            || greeting.Number < 1 || greeting.Number >= members.Length)
        {
            connection.Dispose();
            return;
        }

        connection.LimitReceiving(TimeSpan.Zero);
        var peer = new WatchedPeer(members[greeting.Number], connection);
        // Before anyone else can write to it: the peer takes the first words for the answer.
        connection.Send(new WatchMessage(WatchMessage.Greeting, "", 0));
        lock (gate)
        {
            peers[greeting.Number] = peer;
            Monitor.PulseAll(gate);
        }

        Hear(peer);
    }

    private void Hear(WatchedPeer peer)
    {
        while (peer.Connection.Receive() is { } message)
        {
            peer.HeardOf();
            switch (message.Kind)
            {
                case WatchMessage.Alive: peer.Activity = new RankActivity(message.Text, message.Pulse ?? default); break;
                case WatchMessage.Mail: peer.Mail.Add(message.Text); break;
                case WatchMessage.Failed: EndFor(peer, message); break;
                case WatchMessage.Leaving: MarkLeft(peer); return;
                default: break; // A later version's word, which this one can do without.
            }
        }

        if (!peer.HasLeft && !isDisposed)
            End(new JobEnd(JobErrors.Died(peer.Member, peer.Activity.Action), WatchMessage.FailureCode, null));
        MarkLeft(peer);
    }

    private void MarkLeft(WatchedPeer peer)
    {
        lock (gate)
        {
            peer.HasLeft = true;
            peer.Mail.CompleteAdding();
            Monitor.PulseAll(gate);
        }
    }

    private void EndFor(WatchedPeer peer, WatchMessage message)
    {
        Thread.Sleep(CauseDelay);
        End(new JobEnd(message.Finding!.From(peer.Member), message.Number, message.Rank));
    }

    private void Pulse()
    {
        var last = Stopwatch.GetTimestamp();
        while (!isDisposed)
        {
            // A process that was stopped itself, and goes on, has not heard: that says nothing of the others.
            if (Stopwatch.GetElapsedTime(last) > 4 * JobWatch.Pulse)
                ForgiveAll();
            last = Stopwatch.GetTimestamp();
            var own = options.Activity();
            TellAll(WatchMessage.SignOfLife(own));
            if (!isLeaving)
                Judge(own);
            Thread.Sleep(JobWatch.Pulse);
        }
    }

    private void ForgiveAll()
    {
        stalls.Restart();
        foreach (var peer in Peers)
            peer.HeardOf();
    }

    private void Judge(RankActivity own)
    {
        if (Peers.FirstOrDefault(peer => !peer.HasLeft && peer.Silence > options.Silence) is { } silent)
            End(new JobEnd(
                JobErrors.Silent(silent.Member, silent.Activity.Action, options.Silence), WatchMessage.FailureCode, null)
            {
                LeavesOneHanging = true,
            });
        // One that has just fallen silent may be about to die, or hangs altogether: that is told otherwise.
        if (Peers.Any(peer => peer.Silence > 4 * JobWatch.Pulse))
            return;
        ImmutableArray<RankActivity> all = [own, .. peers.Skip(1).Select(peer => peer?.Activity ?? RankActivity.Preparation)];
        if (stalls.Look([.. all.Select(activity => activity.Pulse)], clock.Elapsed) is not { } stall)
            return;
        var (member, action) = (members[stall.Rank], all[stall.Rank].Action);
        var finding = stall.AllWait ? JobErrors.AllWait(member, action, stall.Time) : JobErrors.Stalled(member, action, stall.Time);
        End(new JobEnd(finding, WatchMessage.FailureCode, null));
    }

    private void End(JobEnd reason)
    {
        if (!Claim(reason))
            return;
        TellAll(new WatchMessage(WatchMessage.End, "", reason.ExitCode));
        options.End(reason);
    }

    /// <summary>Whether this is the first reason: the only one that is told.</summary>
    private bool Claim(JobEnd reason) => Interlocked.CompareExchange(ref end, reason, null) is null;

    /// <summary>Those who leave hear it too: they wait for the first one's own leaving.</summary>
    private void TellAll(WatchMessage message)
    {
        foreach (var peer in Peers)
            peer.Connection.Send(message);
    }
}
