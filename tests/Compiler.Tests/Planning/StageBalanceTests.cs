using System.Collections.Immutable;
using System.Diagnostics;
using ParDsl.Compiler.Planning;
using Xunit;

namespace ParDsl.Compiler.Tests.Planning;

/// <summary>The best cut of layers into stages, against all cuts there are.</summary>
public sealed class StageBalanceTests
{
    [Theory]
    [InlineData(new long[] { 5 }, 1, new[] { 0 })]
    [InlineData(new long[] { 1, 1, 1, 1 }, 4, new[] { 0, 1, 2, 3 })]
    [InlineData(new long[] { 1, 1, 1, 1, 1, 1, 1, 1, 1, 1 }, 4, new[] { 0, 2, 4, 7 })]
    [InlineData(new long[] { 9, 1, 1, 1, 1, 1, 1 }, 3, new[] { 0, 1, 4 })]
    [InlineData(new long[] { 1, 1, 1, 1, 1, 1, 9 }, 3, new[] { 0, 3, 6 })]
    [InlineData(new long[] { 0, 0, 0 }, 2, new[] { 0, 1 })]
    [InlineData(new long[] { 0, 8, 0, 8, 0 }, 2, new[] { 0, 2 })]
    public void Stages_are_even_and_the_later_ones_larger(long[] costs, int count, int[] firstLayers) =>
        Assert.Equal(firstLayers, StageBalance.FirstLayers([.. costs], count));

    [Fact]
    public void No_cut_is_better_than_the_best()
    {
        var random = new Random(20);
        for (var round = 0; round < 2000; round++)
        {
            var most = random.Next(1, 30);
            ImmutableArray<long> costs = [.. Enumerable.Range(0, random.Next(1, 11)).Select(_ => random.NextInt64(0, most))];
            var count = random.Next(1, costs.Length + 1);
            Assert.Equal(Best(costs, count), StageBalance.FirstLayers(costs, count));
        }
    }

    [Fact]
    public void Sums_up_to_the_largest_number_are_exact() =>
        Assert.Equal([0, 2], StageBalance.FirstLayers([long.MaxValue / 4, long.MaxValue / 4, long.MaxValue / 2], 2));

    [Fact]
    public void A_sum_beyond_it_is_refused() =>
        Assert.Throws<OverflowException>(() => StageBalance.FirstLayers([long.MaxValue, 1], 1));

    [Theory]
    [InlineData(0)]
    [InlineData(4)]
    public void Stages_that_cannot_all_have_a_layer_are_refused(int count) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => StageBalance.FirstLayers([1, 1, 1], count));

    /// <summary>
    /// Measured, the first time in a process: 14 ms, and 45 ms where one layer leaves the others a wide choice. The bound
    /// is a busy machine's.
    /// </summary>
    [Theory]
    [InlineData(1)]
    [InlineData(1_000_000_000)]
    public void Ten_thousand_layers_are_cut_at_once(long heaviest)
    {
        var random = new Random(20);
        ImmutableArray<long> costs = [heaviest, .. Enumerable.Range(1, 9_999).Select(_ => random.NextInt64(0, 1000))];
        var watch = Stopwatch.StartNew();
        Assert.Equal(64, StageBalance.FirstLayers(costs, 64).Length);
        Assert.InRange(watch.Elapsed.TotalSeconds, 0, 1);
    }

    /// <summary>
    /// The least largest stage, then the least sum of squares, then the earliest starts, the last stage's first.
    /// </summary>
    private static ImmutableArray<int> Best(ImmutableArray<long> costs, int count) => Cuts(costs.Length, count)
        .OrderBy(cut => Costs(costs, cut).Max())
        .ThenBy(cut => Costs(costs, cut).Sum(cost => cost * cost))
        .ThenBy(cut => cut, Comparer<ImmutableArray<int>>.Create(LastStart))
        .First();

    private static int LastStart(ImmutableArray<int> left, ImmutableArray<int> right) =>
        left.Zip(right, (one, other) => one - other).LastOrDefault(difference => difference != 0);

    private static IEnumerable<ImmutableArray<int>> Cuts(int layers, int count) => count == 1
        ? [[0]]
        : from last in Enumerable.Range(count - 1, layers - count + 1)
          from cut in Cuts(last, count - 1)
          select cut.Add(last);

    private static IEnumerable<long> Costs(ImmutableArray<long> costs, ImmutableArray<int> cut) =>
        cut.Zip(cut.Skip(1).Append(costs.Length), (first, end) => costs[first..end].Sum());
}
