using ParDsl.Runtime.Collectives;
using ParDsl.Runtime.Collectives.Nccl;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace ParDsl.Runtime.Tests.Collectives.Nccl;

/// <summary>Nobody waits for ever for a rank that does not come.</summary>
public sealed class NcclFaultTests
{
    [Theory]
    [InlineData(2, false)]
    [InlineData(4, false)]
    [InlineData(4, true)]
    public void A_rank_that_throws_ends_all_others(int size, bool isBackground)
    {
        var outcomes = NcclThreads.Try(size, group =>
        {
            using var tensor = zeros(10);
            group.AllReduce(tensor);
            if (group.Rank == 1)
                throw new InvalidOperationException("broken");
            group.AllReduce(tensor);
        }, isBackground);
        Assert.IsType<InvalidOperationException>(outcomes[1]);
        Assert.All(outcomes.Where((_, rank) => rank != 1), outcome =>
            Assert.Equal(1, Assert.IsType<RankAbortedException>(outcome).FailedRank));
    }

    [Fact]
    public void A_rank_that_throws_ends_who_waits_for_its_message_and_who_sends_to_it()
    {
        var outcomes = NcclThreads.Try(3, group =>
        {
            using var tensor = zeros(10);
            if (group.Rank == 1)
                throw new InvalidOperationException("broken");
            group.Send(tensor, 1, tag: 0);
            group.Receive(tensor, 1, tag: 0);
        });
        Assert.All([outcomes[0], outcomes[2]], outcome => Assert.IsType<RankAbortedException>(outcome));
    }

    [Fact]
    public void Calls_that_do_not_match_are_an_error_on_all_ranks_and_no_wait()
    {
        var outcomes = NcclThreads.Try(2, group =>
        {
            using var tensor = zeros(10 + group.Rank);
            group.AllReduce(tensor);
        });
        Assert.All(outcomes, Assert.NotNull);
        var first = Assert.Single(outcomes.OfType<NcclException>().Take(1));
        Assert.Contains("that share a group: invalid usage (calls differ", first.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_error_is_raised_with_the_ranks_number_in_the_world_before_any_rank_tells_it()
    {
        var settings = new NcclGroupSettings { Ranks = [4, 7] };
        var groups = NcclGroup.CreateLocal(FakeNccl.Load(), NcclThreads.Devices(2), settings);
        var outcomes = NcclThreads.OnThreads([.. groups.Select(group => (Action)(() =>
        {
            using var tensor = zeros(10 + group.Rank);
            group.AllReduce(tensor);
        }))]);
        foreach (var group in groups)
            group.Dispose();
        var (rank, cause) = Assert.IsType<RankFailure>(settings.Failures.First);
        var place = settings.Ranks.IndexOf(rank);
        Assert.Contains($"on rank {place} of the 2 that share a group", cause.Message, StringComparison.Ordinal);
        Assert.Equal(cause.Message, Assert.IsType<NcclException>(outcomes[place]).Message);
        Assert.Equal(rank, Assert.IsType<RankAbortedException>(outcomes[1 - place]).FailedRank);
    }

    [Fact]
    public void A_message_unlike_its_receivers_tensor_is_refused()
    {
        var outcomes = NcclThreads.Try(2, group =>
        {
            using var tensor = zeros(10 + group.Rank);
            if (group.Rank == 0)
                group.Send(tensor, 1, tag: 0);
            else
                group.Receive(tensor, 0, tag: 0);
        });
        Assert.Contains("like the sender's", Assert.IsType<InvalidOperationException>(outcomes[1]).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Wrong_calls_are_refused_before_they_reach_the_library() => NcclThreads.Run(2, group =>
    {
        using var four = zeros(4);
        using var five = zeros(5);
        using var square = zeros(2, 3);
        using var turned = square.t();
        using var words = zeros(4, dtype: ScalarType.Bool);
        Assert.Throws<InvalidOperationException>(() => group.ReduceScatter(five, four));
        Assert.Throws<InvalidOperationException>(() => group.AllGather(five, four));
        Assert.Throws<InvalidOperationException>(() => group.AllReduce(turned));
        Assert.Throws<InvalidOperationException>(() => group.AllReduce(words));
        Assert.Throws<InvalidOperationException>(() => group.Send(four, group.Rank, tag: 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => group.Broadcast(four, 2));
        group.Barrier();
    });

    [Fact]
    public void A_group_without_a_channel_says_so()
    {
        var groups = NcclGroup.CreateLocal(FakeNccl.Load(), NcclThreads.Devices(2));
        using var tensor = zeros(4);
        var failure = Assert.Throws<InvalidOperationException>(() => groups[0].Send(tensor, 1, tag: 0));
        Assert.Contains("without a channel from rank 0 to rank 1", failure.Message, StringComparison.Ordinal);
        foreach (var group in groups)
            group.Dispose();
    }

    [Fact]
    public void A_rank_that_never_joins_is_not_waited_for_without_a_limit()
    {
        var library = FakeNccl.Load();
        var settings = new NcclGroupSettings { StartLimit = TimeSpan.FromSeconds(1) };
        var failure = Assert.Throws<RunFailedException>(
            () => NcclGroup.Join(library, library.CreateUniqueId(), 0, 2, new Device(DeviceType.CPU), settings));
        Assert.Equal("PD5345", failure.Diagnostic.Code);
        Assert.Contains("rank 0 has waited 1 s for the 2", failure.Diagnostic.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_failure_elsewhere_ends_the_wait_for_a_rank_that_never_joins()
    {
        var library = FakeNccl.Load();
        var failures = new FailureSignal();
        failures.Raise(new RankFailure(5, new InvalidOperationException()));
        var settings = new NcclGroupSettings { Failures = failures };
        var aborted = Assert.Throws<RankAbortedException>(
            () => NcclGroup.Join(library, library.CreateUniqueId(), 0, 2, new Device(DeviceType.CPU), settings));
        Assert.Equal(5, aborted.FailedRank);
    }

    [Fact]
    public void An_error_in_a_communicator_that_was_made_before_ends_the_wait_too()
    {
        var library = FakeNccl.Load();
        var settings = new NcclGroupSettings();
        settings.Failures.Raise(new RankFailure(0, new NcclException("broken before")));
        var failure = Assert.Throws<RunFailedException>(
            () => NcclGroup.Join(library, library.CreateUniqueId(), 0, 2, new Device(DeviceType.CPU), settings));
        Assert.Equal("PD5345", failure.Diagnostic.Code);
        Assert.Contains("broken before", failure.Diagnostic.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_NCCL_says_of_a_start_that_it_refuses_is_told()
    {
        var library = FakeNccl.Load();
        var id = library.CreateUniqueId().ToBytes();
        id[127]++;
        var failure = Assert.Throws<RunFailedException>(
            () => NcclGroup.Join(library, NcclUniqueId.FromBytes(id), 0, 2, new Device(DeviceType.CPU)));
        Assert.Equal("PD5345", failure.Diagnostic.Code);
        Assert.Contains("invalid argument (the unique id did not come whole)", failure.Diagnostic.Message, StringComparison.Ordinal);
    }
}
