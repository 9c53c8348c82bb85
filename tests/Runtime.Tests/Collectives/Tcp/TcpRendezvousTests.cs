using System.Text;
using ParDsl.Runtime.Collectives.Tcp;
using Xunit;

namespace ParDsl.Runtime.Tests.Collectives.Tcp;

public sealed class TcpRendezvousTests
{
    [Theory]
    [InlineData(1, "127.0.0.1")]
    [InlineData(2, "127.0.0.1")]
    [InlineData(2, "localhost")]
    [InlineData(5, "127.0.0.1")]
    [InlineData(3, "::1")]
    [InlineData(3, "[::1]")]
    public void All_processes_get_what_each_gives(int size, string address) => TcpJob.Run(size, address, meeting =>
    {
        for (var root = 0; root < size; root++)
            Assert.Equal(Words(root), meeting.Broadcast(meeting.Rank == root ? Words(root) : [], root));
        meeting.Barrier();
        var all = meeting.AllGather(Words(meeting.Rank));
        Assert.Equal(Enumerable.Range(0, size).Select(Words), all);
        for (var source = 0; source < size; source++)
        {
            var sent = meeting.SendToFirst(meeting.Rank == source ? Words(source) : [], source);
            if (meeting.Rank == 0)
                Assert.Equal(Words(source), sent);
        }
    });

    [Fact]
    public void Large_and_empty_messages_arrive_whole() => TcpJob.Run(3, "127.0.0.1", meeting =>
    {
        var own = new byte[meeting.Rank * 5_000_000];
        new Random(meeting.Rank).NextBytes(own);
        var all = meeting.AllGather(own);
        Assert.Equal([0, 5_000_000, 10_000_000], all.Select(bytes => bytes.Length));
        Assert.Equal(own, all[meeting.Rank]);
        var expected = new byte[10_000_000];
        new Random(2).NextBytes(expected);
        Assert.Equal(expected, all[2]);
    });

    [Fact]
    public void A_barrier_holds_everybody_until_the_last_comes()
    {
        var arrived = 0;
        TcpJob.Run(3, "127.0.0.1", meeting =>
        {
            if (meeting.Rank == 1)
                Thread.Sleep(200);
            Interlocked.Increment(ref arrived);
            meeting.Barrier();
            Assert.Equal(3, Volatile.Read(ref arrived));
        });
    }

    [Fact]
    public void The_other_ranks_may_come_long_before_rank_0()
    {
        var port = TcpJob.FreePort();
        var outcomes = TcpJob.Try(3, rank =>
        {
            if (rank == 0)
                Thread.Sleep(700);
            using var meeting = TcpRendezvous.Join("127.0.0.1", port, rank, 3, TcpJob.Limit);
        });
        Assert.All(outcomes, Assert.Null);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void A_rank_that_goes_is_named_by_all_others(int lost)
    {
        var outcomes = TcpJob.TryMeeting(4, "127.0.0.1", meeting =>
        {
            meeting.Barrier();
            if (meeting.Rank == lost)
                return;
            meeting.AllGather(Words(meeting.Rank));
        });
        Assert.Null(outcomes[lost]);
        Assert.All(outcomes.Where((_, rank) => rank != lost), outcome =>
            TcpJob.AssertRefused(outcome, "PD5335", $"rank {lost} is lost: its connection was closed"));
    }

    [Fact]
    public void Rank_0_that_goes_is_named_by_all_others()
    {
        var outcomes = TcpJob.TryMeeting(3, "127.0.0.1", meeting =>
        {
            if (meeting.Rank > 0)
                meeting.Broadcast([], root: 0);
        });
        Assert.All(outcomes[1..], outcome => TcpJob.AssertRefused(outcome, "PD5335", "rank 0 is lost"));
    }

    [Fact]
    public void A_rank_that_says_nothing_any_more_is_named_after_the_limit()
    {
        using var done = new ManualResetEventSlim();
        var outcomes = TcpJob.TryMeeting(
            3,
            "127.0.0.1",
            meeting =>
            {
                try
                {
                    if (meeting.Rank == 2)
                        done.Wait(TcpJob.Limit);
                    else
                        meeting.AllGather([1]);
                }
                finally
                {
                    if (meeting.Rank == 0)
                        done.Set();
                }
            },
            TimeSpan.FromSeconds(2));
        Assert.All(outcomes[..2], outcome => TcpJob.AssertRefused(outcome, "PD5335", "rank 2 is lost: it has said nothing for 2 s"));
    }

    [Fact]
    public void Processes_that_meet_in_different_calls_are_told_so()
    {
        var outcomes = TcpJob.TryMeeting(2, "127.0.0.1", meeting =>
        {
            if (meeting.Rank == 0)
                meeting.AllGather([1]);
            else
                meeting.Barrier();
        });
        Assert.Contains("different calls", Assert.IsType<InvalidOperationException>(outcomes[0]).Message, StringComparison.Ordinal);
        Assert.NotNull(outcomes[1]);
    }

    private static byte[] Words(int rank) => Encoding.UTF8.GetBytes($"rank {rank} says {new string('a', rank)}");
}
