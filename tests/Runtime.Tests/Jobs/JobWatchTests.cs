using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Net;
using System.Net.Sockets;
using ParDsl.Diagnostics;
using ParDsl.Runtime.Jobs;
using ParDsl.Runtime.Ranks;
using ParDsl.Source;
using Xunit;

namespace ParDsl.Runtime.Tests.Jobs;

/// <summary>A watch over three processes, here threads: whatever happens to one ends all, and one of them tells why.</summary>
public sealed class JobWatchTests : IDisposable
{
    private const int Size = 3;

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    private readonly BlockingCollection<(int Rank, JobEnd End)> ends = [];
    private readonly List<IJobWatch> watches = [];

    /// <summary>How far each rank has come, as its process says; nothing of those that are not at work.</summary>
    private readonly ConcurrentDictionary<int, RankPulse> pulses = [];

    /// <summary>Each on a machine of its own, where a test does not say otherwise.</summary>
    private ImmutableArray<JobMember> members = [.. Enumerable.Range(0, Size).Select(rank => new JobMember(rank, $"h{rank}", 100 + rank))];

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public void All_leave_together_and_nobody_is_ended(int last)
    {
        var jobs = Start(TimeSpan.FromMinutes(1));
        var others = jobs.Where(job => job != jobs[last]).Select(job => InBackground(job.Leave)).ToArray();
        Thread.Sleep(300);
        var leaving = others.Append(InBackground(jobs[last].Leave));
        Assert.All(leaving, thread => Assert.True(thread.Join(Limit)));
        Assert.Empty(ends);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void A_process_that_is_gone_ends_all_and_the_first_tells_what_it_did(int gone)
    {
        var jobs = Start(TimeSpan.FromMinutes(1));
        Thread.Sleep(1200); // Two signs of life.
        jobs[gone].Dispose();
        var all = TakeEnds(Size - 1);
        Assert.Equal("PD5381", Told(all, by: 0).Code);
        Assert.Contains($"rank {gone} on host h{gone} (process {100 + gone}) died in the work of {gone}", Told(all, by: 0).Message);
        Assert.All(all, end => Assert.Equal(3, end.End.ExitCode));
        Assert.Single(all, end => end.End.Finding is not null);
    }

    [Fact]
    public void The_first_process_hears_what_each_other_one_tells_in_its_order()
    {
        var jobs = Start(TimeSpan.FromMinutes(1));
        var hearing = Enumerable.Range(0, 3).SelectMany(_ => Enumerable.Range(1, Size - 1)).ToArray();
        var heard = new List<string>();
        var thread = InBackground(() => heard.AddRange(hearing.Select(jobs[0].Hear)));
        foreach (var number in Enumerable.Range(0, 3))
        {
            for (var rank = Size - 1; rank > 0; rank--)
                jobs[rank].Tell($"{number} of {rank}");
        }

        Assert.True(thread.Join(Limit));
        Assert.Equal(["0 of 1", "0 of 2", "1 of 1", "1 of 2", "2 of 1", "2 of 2"], heard);
        Assert.Empty(ends);
    }

    [Fact]
    public void Nobody_waits_for_words_of_a_process_that_is_gone()
    {
        var jobs = Start(TimeSpan.FromMinutes(1));
        Exception? failure = null;
        var thread = InBackground(() => failure = Record.Exception(() => jobs[0].Hear(2)));
        jobs[2].Dispose();
        Assert.True(thread.Join(Limit));
        Assert.Equal("PD5381", Assert.IsType<RunFailedException>(failure).Diagnostic.Code);
    }

    [Fact]
    public void Where_the_first_process_is_gone_the_second_tells_it()
    {
        var jobs = Start(TimeSpan.FromMinutes(1));
        jobs[0].Dispose();
        var all = TakeEnds(Size - 1);
        Assert.Contains("rank 0 on host h0 (process 100) died", Told(all, by: 1).Message);
        Assert.Single(all, end => end.End.Finding is not null);
    }

    /// <summary>The second rank may be lost with the first one's machine.</summary>
    [Fact]
    public void Where_the_first_machine_is_gone_another_tells_it()
    {
        members = [members[0], members[1] with { Host = members[0].Host }, members[2]];
        var jobs = Start(TimeSpan.FromMinutes(1));
        jobs[0].Dispose();
        var all = TakeEnds(Size - 1);
        Assert.Contains("rank 0 on host h0 (process 100) died", Told(all, by: 2).Message);
        Assert.Single(all, end => end.End.Finding is not null);
    }

    [Fact]
    public void A_failure_is_told_with_the_rank_that_it_happened_on()
    {
        var jobs = Start(TimeSpan.FromMinutes(1));
        var finding = new Diagnostic("PD5201", Severity.Error, SourceSpan.Nowhere, "", "there is no file `x.csv`", "copy it", []);
        var failing = InBackground(() => jobs[2].Fail(new RunFailedException(finding), 3));
        var all = TakeEnds(Size);
        var told = Told(all, by: 0);
        Assert.Equal(("PD5201", "rank 2 on host h2: there is no file `x.csv`", "copy it"), (told.Code, told.Message, told.Help));
        Assert.Equal([0, 1, 2], all.Select(end => end.Rank).Order());
        Assert.True(failing.Join(Limit));
    }

    [Fact]
    public void A_death_that_made_another_fail_is_what_is_told()
    {
        var jobs = Start(TimeSpan.FromMinutes(1));
        var finding = new Diagnostic("PD5305", Severity.Error, SourceSpan.Nowhere, "", "the other side is gone", "", []);
        InBackground(() => jobs[1].Fail(new RunFailedException(finding), 3));
        Thread.Sleep(100);
        jobs[2].Dispose();
        Assert.Equal("PD5381", Told(TakeEnds(2), by: 0).Code);
    }

    [Fact]
    public void A_failure_of_the_first_process_ends_the_others_without_a_word()
    {
        var jobs = Start(TimeSpan.FromMinutes(1));
        var finding = new Diagnostic("PD5102", Severity.Error, SourceSpan.Nowhere, "", "the loss became infinite", "", []);
        jobs[0].Fail(new RunFailedException(finding), 3);
        var all = TakeEnds(Size - 1);
        Assert.Equal([1, 2], all.Select(end => end.Rank).Order());
        Assert.All(all, end => Assert.Null(end.End.Finding));
    }

    [Fact]
    public void A_port_in_use_is_named_in_all_processes()
    {
        using var other = new TcpListener(IPAddress.IPv6Any, 0);
        other.Server.DualMode = true;
        other.Start();
        var port = ((IPEndPoint)other.LocalEndpoint).Port;
        var failures = new Exception?[Size];
        var threads = ThreadRendezvous.Create(Size)
            .Select(processes => InBackground(() => failures[processes.Rank] = Record.Exception(() =>
                JobWatch.Start(processes, members, Options(processes.Rank, TimeSpan.FromMinutes(1)) with { Port = port }))))
            .ToArray();
        Assert.All(threads, thread => Assert.True(thread.Join(Limit)));
        Assert.All(failures, failure => Assert.Equal("PD5384", Assert.IsType<RunFailedException>(failure).Diagnostic.Code));
        Assert.All(failures, failure => Assert.Contains($"port {port}", failure!.Message, StringComparison.Ordinal));
    }

    [Fact]
    public void A_process_that_says_nothing_any_more_ends_all()
    {
        using var hub = HubWatch.TryListen(members[..2], Options(0, TimeSpan.FromSeconds(1)))!;
        using var silent = new TcpClient("127.0.0.1", hub.Address.Port);
        using var writer = new StreamWriter(silent.GetStream()) { AutoFlush = true };
        writer.WriteLine($$"""{"Kind":"greeting","Text":"{{hub.Address.Secret}}","Number":1}""");
        writer.WriteLine("""{"Kind":"alive","Text":"the optimizer's step","Number":0}""");
        hub.AwaitPeers();
        var told = Told(TakeEnds(1), by: 0);
        Assert.Equal("PD5382", told.Code);
        Assert.Contains("rank 1 on host h1 (process 101) has said nothing for 1 s, since it was in the optimizer's step", told.Message);
    }

    [Fact]
    public void A_first_process_that_says_nothing_any_more_is_told_by_the_second()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        InBackground(() =>
        {
            using var connection = WatchConnection.TryOver(listener.AcceptTcpClient())!;
            connection.Receive();
            connection.Send(new WatchMessage(WatchMessage.Greeting, "", 0));
            Thread.Sleep(Limit);
        });
        var address = new WatchAddress(["127.0.0.1"], ((IPEndPoint)listener.LocalEndpoint).Port, "secret");
        using var peer = PeerWatch.TryConnect(1, address, members, Options(1, TimeSpan.FromSeconds(1)));
        Assert.Equal("PD5382", Told(TakeEnds(1), by: 1).Code);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public void A_rank_that_does_not_come_on_while_its_process_speaks_ends_all(int hung)
    {
        for (var rank = 0; rank < Size; rank++)
            pulses[rank] = new RankPulse(7, IsAtWork: true, IsWaiting: rank != hung, HasUpdated: true);
        Start(TimeSpan.FromMinutes(1));
        var told = Told(TakeEnds(Size), by: 0);
        Assert.Equal("PD5390", told.Code);
        Assert.StartsWith($"rank {hung} on host h{hung} (process {100 + hung}) lives and has not come on for ", told.Message);
        Assert.EndsWith($" in the work of {hung}, and the others wait for it; the job has ended on all ranks", told.Message);
    }

    [Fact]
    public void Ranks_that_wait_for_each_other_end_with_the_one_that_has_waited_for_longest()
    {
        for (var rank = 0; rank < Size; rank++)
            pulses[rank] = new RankPulse(rank, IsAtWork: true, IsWaiting: true, HasUpdated: true);
        Start(TimeSpan.FromMinutes(1));
        var told = Told(TakeEnds(Size), by: 0);
        Assert.Equal("PD5390", told.Code);
        Assert.StartsWith("all ranks have waited for each other for ", told.Message);
    }

    [Fact]
    public void A_stranger_is_shown_out()
    {
        using var hub = HubWatch.TryListen(members, Options(0, TimeSpan.FromMinutes(1)))!;
        using var stranger = new TcpClient("127.0.0.1", hub.Address.Port);
        using var writer = new StreamWriter(stranger.GetStream()) { AutoFlush = true };
        writer.WriteLine("""{"Kind":"greeting","Text":"not the secret","Number":1}""");
        stranger.ReceiveTimeout = (int)Limit.TotalMilliseconds;
        Assert.Equal(-1, stranger.GetStream().ReadByte());
        Assert.Empty(ends);
    }

    [Fact]
    public void Strangers_who_hang_up_at_once_keep_nobody_out()
    {
        using var hub = HubWatch.TryListen(members[..2], Options(0, TimeSpan.FromMinutes(1)))!;
        for (var call = 0; call < 200; call++)
        {
            using var stranger = new TcpClient("127.0.0.1", hub.Address.Port);
            // Reset, not closed: what the other side does with it fails.
            stranger.Client.LingerState = new LingerOption(true, 0);
        }

        using var peer = PeerWatch.TryConnect(1, hub.Address with { Addresses = ["127.0.0.1"] }, members[..2], Options(1, Limit));
        Assert.NotNull(peer);
    }

    [Fact]
    public void Nobody_who_listens_there_means_no_connection() =>
        Assert.Null(PeerWatch.TryConnect(1, new WatchAddress(["127.0.0.1"], 1, "secret"), members, Options(1, Limit)));

    public void Dispose()
    {
        foreach (var watch in watches)
            watch.Dispose();
    }

    private static Diagnostic Told(IEnumerable<(int Rank, JobEnd End)> all, int by) =>
        Assert.IsType<Diagnostic>(all.Single(end => end.Rank == by).End.Finding);

    private static Thread InBackground(Action work)
    {
        var thread = new Thread(() => work()) { IsBackground = true };
        thread.Start();
        return thread;
    }

    private IJobWatch[] Start(TimeSpan silence)
    {
        var started = new IJobWatch[Size];
        var starting = ThreadRendezvous.Create(Size)
            .Select(processes => InBackground(() =>
                started[processes.Rank] = JobWatch.Start(processes, members, Options(processes.Rank, silence))))
            .ToArray();
        Assert.All(starting, thread => Assert.True(thread.Join(Limit)));
        watches.AddRange(started);
        return started;
    }

    private WatchOptions Options(int rank, TimeSpan silence) =>
        new(
            () => new RankActivity($"the work of {rank}", pulses.GetValueOrDefault(rank)),
            silence,
            StallLimit.Fixed(TimeSpan.FromSeconds(2)),
            end => ends.Add((rank, end)),
            0);

    private List<(int Rank, JobEnd End)> TakeEnds(int count)
    {
        var taken = new List<(int, JobEnd)>();
        while (taken.Count < count)
        {
            Assert.True(ends.TryTake(out var end, (int)Limit.TotalMilliseconds, TestContext.Current.CancellationToken), $"{taken.Count} of {count} processes were ended");
            taken.Add(end);
        }

        return taken;
    }
}
