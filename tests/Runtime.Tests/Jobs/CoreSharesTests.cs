using System.Collections.Immutable;
using System.Globalization;
using ParDsl.Runtime.Calibration.Keeping;
using ParDsl.Runtime.Hardware;
using ParDsl.Runtime.Jobs;
using Xunit;

namespace ParDsl.Runtime.Tests.Jobs;

/// <summary>The cores of a machine's processes together, and the threads of each, for what launchers do with them.</summary>
public sealed class CoreSharesTests
{
    [Theory]
    [InlineData("0-7 0-7", 8, 4)] // bound to nothing
    [InlineData("0-7 0-7 0-7", 8, 2)]
    [InlineData("0 1", 2, 1)] // a core each
    [InlineData("0-3 4-7", 8, 4)] // a socket each
    [InlineData("0-3 0-3 4-7 4-7", 8, 2)] // two on each socket
    [InlineData("0-3 0-3 4-7", 8, 2)] // three: the smallest share is everyone's
    [InlineData("0,4 1,5 2,6 3,7", 8, 2)] // a core of two threads each
    [InlineData("0-1 0-1 0-1 0-1", 2, 1)] // more than cores
    [InlineData("3", 1, 1)]
    [InlineData("0-2,8-10 0-2,8-10", 6, 3)]
    public void Bound_processes_have_their_share(string lists, int cores, int threads)
    {
        var settled = CoreShares.Settle([.. lists.Split(' ').Select((list, rank) => Report(rank, "a", list, CoreNumbers.Of(list).Length))]);
        Assert.All(settled, report => Assert.Equal((cores, threads), (report.Cores, report.Threads)));
        Assert.All(settled, report => Assert.Equal(cores, report.Machine!.Cores));
    }

    /// <summary>.NET counts what a container's quota of processor time comes to; the kernel lists every core.</summary>
    [Theory]
    [InlineData("0-63 0-63", 4, 4, 2)]
    [InlineData("0-63 0-63", 1, 1, 1)]
    [InlineData("0-31 32-63", 8, 8, 4)]
    public void A_container_that_has_less_time_than_cores_limits_all_of_its_processes(string lists, int counted, int cores, int threads)
    {
        var settled = CoreShares.Settle([.. lists.Split(' ').Select((list, rank) => Report(rank, "a", list, counted))]);
        Assert.All(settled, report => Assert.Equal((cores, threads), (report.Cores, report.Threads)));
    }

    [Fact]
    public void Machines_are_counted_apart()
    {
        var settled = CoreShares.Settle([Report(0, "a", "0-3", 4), Report(1, "b", "0-7", 8), Report(2, "a", "0-3", 4)]);
        Assert.Equal([(4, 2), (8, 8), (4, 2)], settled.Select(report => (report.Cores, report.Threads)));
    }

    [Fact]
    public void Where_a_system_lists_nothing_all_processes_share_what_it_counts()
    {
        var settled = CoreShares.Settle([Report(0, "a", "", 6), Report(1, "a", "", 6)]);
        Assert.All(settled, report => Assert.Equal((6, 3), (report.Cores, report.Threads)));
    }

    [Theory]
    [InlineData("0", "0")]
    [InlineData("0-2,8,10-11", "0 1 2 8 10 11")]
    [InlineData("", "")]
    [InlineData("3-1", "")]
    [InlineData("0-x", "")]
    [InlineData("a few", "")]
    public void The_kernels_list_is_read(string list, string expected) => Assert.Equal(
        expected, string.Join(' ', CoreNumbers.Of(list).Select(core => core.ToString(CultureInfo.InvariantCulture))));

    [Fact]
    public void This_process_has_as_many_cores_as_the_kernel_lists_or_fewer() =>
        Assert.InRange(Environment.ProcessorCount, 1, CoreNumbers.Of(CoreNumbers.Own()).Length);

    private static ProcessReport Report(int rank, string host, string list, int cores) => new(
        new JobMember(rank, host, rank), "build", ImmutableSortedDictionary<string, string>.Empty, cores, 1 << 30, [], HasNccl: false)
    {
        CoreList = list,
        Machine = new MachineFingerprint("a processor", cores, 1 << 30, []),
    };
}
