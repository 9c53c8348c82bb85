using ParDsl.Runtime.Collectives;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace ParDsl.Runtime.Tests.Collectives;

public sealed class InProcessGroupTests
{
    public static TheoryData<int, int, ScalarType> Cases()
    {
        var cases = new TheoryData<int, int, ScalarType>();
        foreach (var size in new[] { 1, 2, 4, 7 })
        {
            foreach (var count in new[] { 1, 5, 1023 })
            {
                cases.Add(size, count, ScalarType.Float32);
                cases.Add(size, count, ScalarType.Float64);
                cases.Add(size, count, ScalarType.Int64);
            }
        }

        // Far more ranks than cores.
        cases.Add(64, 1, ScalarType.Int64);
        cases.Add(64, 5, ScalarType.Float32);
        cases.Add(64, 1023, ScalarType.Float64);
        return cases;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void All_reduce_gives_every_rank_the_sum(int size, int count, ScalarType type) => RankThreads.Run(size, group =>
    {
        using var tensor = Values(group.Rank, count, type);
        group.AllReduce(tensor);
        var sum = Enumerable.Range(0, count).Select(index => Enumerable.Range(0, size).Sum(rank => Value(rank, index)));
        Assert.Equal(sum, Read(tensor));
    });

    [Theory]
    [MemberData(nameof(Cases))]
    public void Broadcast_gives_every_rank_the_roots_values(int size, int count, ScalarType type) => RankThreads.Run(size, group =>
    {
        using var tensor = Values(group.Rank, count, type);
        group.Broadcast(tensor, size - 1);
        Assert.Equal(Enumerable.Range(0, count).Select(index => Value(size - 1, index)), Read(tensor));
    });

    [Theory]
    [MemberData(nameof(Cases))]
    public void Reduce_scatter_gives_every_rank_its_part_of_the_sum(int size, int count, ScalarType type) => RankThreads.Run(size, group =>
    {
        using var input = Values(group.Rank, count * size, type);
        using var output = zeros(count, dtype: type);
        group.ReduceScatter(input, output);
        var part = Enumerable.Range(group.Rank * count, count);
        Assert.Equal(part.Select(index => Enumerable.Range(0, size).Sum(rank => Value(rank, index))), Read(output));
    });

    [Theory]
    [MemberData(nameof(Cases))]
    public void Reduce_scatter_and_all_gather_work_in_place(int size, int count, ScalarType type) => RankThreads.Run(size, group =>
    {
        using var whole = Values(group.Rank, count * size, type);
        using var own = whole.narrow(0, group.Rank * count, count);
        group.ReduceScatter(whole, own);
        group.AllGather(own, whole);
        var sum = Enumerable.Range(0, count * size).Select(index => Enumerable.Range(0, size).Sum(rank => Value(rank, index)));
        Assert.Equal(sum, Read(whole));
    });

    [Theory]
    [MemberData(nameof(Cases))]
    public void All_gather_lays_the_ranks_inputs_one_after_the_other(int size, int count, ScalarType type) => RankThreads.Run(size, group =>
    {
        using var input = Values(group.Rank, count, type);
        using var output = zeros(count * size, dtype: type);
        group.AllGather(input, output);
        var all = Enumerable.Range(0, size).SelectMany(rank => Enumerable.Range(0, count).Select(index => Value(rank, index)));
        Assert.Equal(all, Read(output));
    });

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_ring_of_sends_passes_every_tensor_on_under_its_tag(int size, int count, ScalarType type)
    {
        if (size == 1)
            return;
        RankThreads.Run(size, group =>
        {
            using var tensor = Values(group.Rank, count, type);
            using var received = zeros(count, dtype: type);
            var (next, previous) = ((group.Rank + 1) % size, (group.Rank + size - 1) % size);
            group.Send(tensor, next, tag: 5);
            group.Send(received, next, tag: 6);
            group.Receive(received, previous, tag: 5);
            Assert.Equal(Enumerable.Range(0, count).Select(index => Value(previous, index)), Read(received));
        });
    }

    [Theory]
    [InlineData(2)]
    [InlineData(4)]
    [InlineData(7)]
    public void The_sum_has_the_same_bits_on_every_rank_and_every_time(int size)
    {
        var results = new byte[2 * size][];
        for (var run = 0; run < 2; run++)
        {
            RankThreads.Run(size, group =>
            {
                using var generator = new Generator((ulong)group.Rank);
                using var tensor = randn([1001L], generator: generator);
                group.AllReduce(tensor);
                results[run * size + group.Rank] = tensor.bytes.ToArray();
            });
        }

        Assert.All(results, result => Assert.Equal(results[0], result));
    }

    [Fact]
    public void Moved_bytes_are_those_that_cross_ranks() => RankThreads.Run(4, group =>
    {
        using var tensor = zeros(100);
        group.AllReduce(tensor);
        Assert.Equal(2 * 3 * 25 * sizeof(float), group.MovedBytes);
    });

    [Theory]
    [InlineData(2)]
    [InlineData(7)]
    public void A_rank_that_throws_ends_all_others_and_none_hangs(int size)
    {
        var outcomes = RankThreads.Try(size, group =>
        {
            using var tensor = zeros(10);
            group.AllReduce(tensor);
            if (group.Rank == 1)
                throw new InvalidOperationException("broken");
            group.AllReduce(tensor);
        });
        Assert.IsType<InvalidOperationException>(outcomes[1]);
        Assert.All(outcomes.Where((_, rank) => rank != 1), outcome =>
            Assert.Equal(1, Assert.IsType<RankAbortedException>(outcome).FailedRank));
    }

    [Fact]
    public void Tensors_of_different_sizes_are_refused_on_all_ranks()
    {
        var outcomes = RankThreads.Try(2, group =>
        {
            using var tensor = zeros(10 + group.Rank);
            group.AllReduce(tensor);
        });
        Assert.All(outcomes, Assert.NotNull);
    }

    private static long Value(int rank, int index) => (rank + 1) * 1000 + index;

    private static Tensor Values(int rank, int count, ScalarType type) =>
        tensor(Enumerable.Range(0, count).Select(index => Value(rank, index)).ToArray(), dtype: type);

    private static long[] Read(Tensor values)
    {
        using var whole = values.to(ScalarType.Int64);
        return whole.data<long>().ToArray();
    }
}
