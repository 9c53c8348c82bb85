using ParDsl.NcclRanks;
using ParDsl.Runtime.Collectives;
using ParDsl.Runtime.Collectives.Nccl;
using ParDsl.Runtime.Native;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace ParDsl.Runtime.Tests.Collectives.Nccl;

/// <summary>Groups over NCCL's stand-in do what groups in memory do.</summary>
[Collection(TensorCountingTests.Name)]
public sealed class NcclGroupTests
{
    public static TheoryData<int, ScalarType, bool> Cases()
    {
        var cases = new TheoryData<int, ScalarType, bool>();
        foreach (var size in new[] { 1, 2, 4 })
        {
            foreach (var type in CollectiveScript.Types)
                cases.Add(size, type, size == 2);
        }

        cases.Add(4, ScalarType.Float32, true);
        return cases;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Every_operation_leaves_what_the_group_in_memory_leaves(int size, ScalarType type, bool isBackground)
    {
        var expected = new IReadOnlyList<string>[size];
        RankThreads.Run(size, group => expected[group.Rank] = CollectiveScript.Run(group, type));
        var found = new IReadOnlyList<string>[size];
        NcclThreads.Run(size, group => found[group.Rank] = CollectiveScript.Run(group, type), isBackground);
        Assert.Equal(expected, found);
    }

    [Theory]
    [InlineData(ScalarType.Float32)]
    [InlineData(ScalarType.Float16)]
    [InlineData(ScalarType.BFloat16)]
    public void Sums_that_round_have_the_same_bits_on_every_rank(ScalarType type)
    {
        var results = new byte[8][];
        RankThreads.Run(4, group => results[group.Rank] = RandomSum(group, type));
        NcclThreads.Run(4, group => results[4 + group.Rank] = RandomSum(group, type));
        Assert.All(results, result => Assert.Equal(results[0], result));
    }

    [Fact]
    public void Ranks_may_join_each_for_itself()
    {
        var library = FakeNccl.Load();
        var id = library.CreateUniqueId();
        Assert.Equal(id.ToBytes(), NcclUniqueId.FromBytes(id.ToBytes()).ToBytes());
        var settings = new NcclGroupSettings { Channels = NcclThreads.AllChannels(3), StartLimit = NcclThreads.Limit };
        var outcomes = NcclThreads.OnThreads([.. Enumerable.Range(0, 3).Select(rank => (Action)(() =>
        {
            using var group = NcclGroup.Join(library, id, rank, 3, new Device(DeviceType.CPU), settings);
            Assert.Equal((rank, 3, 0L), (group.Rank, group.Size, group.MovedBytes));
            using var sent = full([4L], rank + 1f);
            group.Send(sent, (rank + 1) % 3, tag: 7);
            using var received = zeros(4);
            group.Receive(received, (rank + 2) % 3, tag: 7);
            group.AllReduce(received);
            Assert.Equal([6f, 6f, 6f, 6f], received.data<float>().ToArray());
        }))]);
        Assert.All(outcomes, Assert.Null);
    }

    [Fact]
    public void A_send_does_not_wait_for_its_receiver()
    {
        using var sent = new ManualResetEventSlim();
        NcclThreads.Run(2, group =>
        {
            using var tensor = ones(100_000);
            if (group.Rank == 0)
            {
                for (var tag = 0; tag < 20; tag++)
                    group.Send(tensor, 1, tag);
                sent.Set();
                return;
            }

            Assert.True(sent.Wait(NcclThreads.Limit));
            for (var tag = 19; tag >= 0; tag--)
                group.Receive(tensor, 0, tag);
        });
    }

    [Fact]
    public void A_tensor_whose_elements_do_not_lie_side_by_side_is_sent_as_it_looks() => NcclThreads.Run(2, group =>
    {
        using var square = arange(6L, ScalarType.Float32).view(2, 3);
        using var turned = square.t();
        if (group.Rank == 0)
        {
            group.Send(turned, 1, tag: 0);
            return;
        }

        using var received = zeros(3, 2);
        group.Receive(received, 0, tag: 0);
        Assert.True(received.Equals(turned));
    });

    [Fact]
    public void A_barrier_holds_everybody_until_the_last_comes()
    {
        var arrived = 0;
        NcclThreads.Run(3, group =>
        {
            for (var round = 1; round <= 3; round++)
            {
                if (group.Rank == round % 3)
                    Thread.Sleep(100);
                Interlocked.Increment(ref arrived);
                group.Barrier();
                Assert.True(Volatile.Read(ref arrived) >= 3 * round);
                group.Barrier();
            }
        });
    }

    [Fact]
    public void Empty_tensors_are_no_reason_to_wait() => NcclThreads.Run(2, group =>
    {
        using var none = zeros(0);
        group.AllReduce(none);
        group.Broadcast(none, 1);
        group.ReduceScatter(none, none);
        group.AllGather(none, none);
        group.Send(none, 1 - group.Rank, tag: 3);
        group.Receive(none, 1 - group.Rank, tag: 3);
        Assert.Equal(0, group.MovedBytes);
    });

    [Fact]
    public void What_was_never_taken_is_freed()
    {
        NativeLibraries.Load();
        RunOnce();
        var before = Tensor.TotalCount;
        RunOnce();
        Assert.Equal(before, Tensor.TotalCount);

        static void RunOnce() => NcclThreads.Run(2, group =>
        {
            using var tensor = ones(10);
            group.Send(tensor, 1 - group.Rank, tag: 1);
            group.Send(tensor, 1 - group.Rank, tag: 2);
            group.Receive(tensor, 1 - group.Rank, tag: 2); // tag 1 is laid aside and stays there
        });
    }

    private static byte[] RandomSum(ICollectiveGroup group, ScalarType type)
    {
        using var generator = new Generator((ulong)group.Rank);
        using var values = randn([1001L], generator: generator);
        using var typed = values.to(type);
        group.AllReduce(typed);
        return TensorMemory.Bytes(typed).ToArray();
    }
}
