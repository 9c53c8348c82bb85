using ParDsl.NcclRanks;
using Xunit;

namespace ParDsl.Runtime.Tests.Collectives.Nccl;

/// <summary>Ranks in processes of their own, that meet over TCP; and faults that an environment variable asks for.</summary>
public sealed class NcclProcessTests
{
    [Theory]
    [InlineData(2)]
    [InlineData(4)]
    public void Processes_get_what_the_group_in_memory_gets(int size)
    {
        var expected = new string[size];
        RankThreads.Run(size, group =>
            expected[group.Rank] = string.Join('|', CollectiveScript.Types.SelectMany(type => CollectiveScript.Run(group, type))));
        var outcomes = NcclJob.Processes(size, "script");
        Assert.Equal(expected.Select(lines => $"ok {lines}"), outcomes);
    }

    [Fact]
    public void A_process_that_is_killed_is_an_error_on_the_others_within_seconds()
    {
        var outcomes = NcclJob.Processes(3, "steps", kill: 1);
        string[] others = [outcomes[0], outcomes[2]];
        Assert.Contains(others, outcome => outcome.Contains("(rank 1 has gone)", StringComparison.Ordinal));
        // One that comes later may find that the other one has left by then.
        Assert.All(others, outcome =>
            Assert.Matches(@"remote process exited or there was a network error \(rank [012] has gone\)$", outcome));
    }

    [Fact]
    public void A_rank_that_throws_is_an_error_on_the_other_processes()
    {
        var outcomes = NcclJob.Processes(2, "throw");
        Assert.StartsWith("NcclException NCCL reports an error on rank 0 of the 2", outcomes[0], StringComparison.Ordinal);
        Assert.Equal("InvalidOperationException broken on purpose", outcomes[1]);
    }

    [Theory]
    [InlineData(3, "steps")]
    [InlineData(2, "steps")]
    [InlineData(3, "late")]
    public void An_error_behind_the_calls_backs_ends_all_threads_and_names_the_rank(int size, string work)
    {
        var outcomes = NcclJob.Threads(size, work, ("FAKE_NCCL_FAIL", $"1:4:{size}"));
        Assert.Equal(
            $"NcclException NCCL reports an error on rank 1 of the {size} that share a group: "
                + "unhandled system error (the network card is on fire)",
            outcomes[1]);
        Assert.All(outcomes.Where((_, rank) => rank != 1), outcome => Assert.Equal("RankAbortedException rank 1 failed", outcome));
    }

    [Fact]
    public void An_operation_that_hangs_is_ended_when_a_rank_fails()
    {
        // Rank 0's device never ends its fourth operation; rank 1 throws before it.
        var outcomes = NcclJob.Threads(2, "throw", ("FAKE_NCCL_HANG", "0:4:2"));
        Assert.Equal(["RankAbortedException rank 1 failed", "InvalidOperationException broken on purpose"], outcomes);
    }
}
