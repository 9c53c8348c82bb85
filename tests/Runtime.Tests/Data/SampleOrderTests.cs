using ParDsl.Compiler.Checked;
using ParDsl.Compiler.Plans;
using ParDsl.Runtime.Data;
using Xunit;

namespace ParDsl.Runtime.Tests.Data;

public sealed class SampleOrderTests
{
    private static readonly SampleOrder Order = new(1_000, 42, true);

    [Fact]
    public void An_epoch_has_every_sample_once() => Assert.Equal(Enumerable.Range(0, 1_000), Order.Epoch(3).Order());

    [Fact]
    public void Epochs_and_seeds_have_orders_of_their_own()
    {
        Assert.NotEqual(Order.Epoch(0), Order.Epoch(1));
        Assert.NotEqual(Order.Epoch(0), (Order with { Seed = 43 }).Epoch(0));
        Assert.NotEqual(Enumerable.Range(0, 1_000), Order.Epoch(0));
    }

    [Fact]
    public void One_seed_has_one_order() => Assert.Equal(Order.Epoch(7), new SampleOrder(1_000, 42, true).Epoch(7));

    // The order is part of what a resumed run relies on: a change of the generator must be seen. The numbers
    // come from another program that follows the paper.
    [Fact]
    public void The_order_never_changes() =>
        Assert.Equal([1, 7, 5, 8, 0, 4, 6, 3, 2, 9], new SampleOrder(10, 42, true).Epoch(0));

    [Fact]
    public void Every_place_is_equally_likely()
    {
        var firsts = new int[10];
        for (var epoch = 0; epoch < 10_000; epoch++)
            firsts[new SampleOrder(10, 1, true).Epoch(epoch)[0]]++;
        // 1,000 expected, with a standard deviation of 30.
        Assert.All(firsts, count => Assert.InRange(count, 850, 1_150));
    }

    [Fact]
    public void Without_shuffling_samples_come_as_they_are() =>
        Assert.Equal([0, 1, 2, 3], SampleOrder.Unshuffled(4).Epoch(5));

    [Theory]
    [InlineData(100, 25, 4)]
    [InlineData(101, 25, 5)]
    [InlineData(3, 25, 1)]
    public void The_last_smaller_batch_is_a_step_too(int count, int batch, long steps) =>
        Assert.Equal(steps, new SampleOrder(count, 0, true).StepsPerEpoch(batch));

    [Theory]
    [InlineData(12, 3, 2)]
    [InlineData(13, 3, 4)]
    [InlineData(2, 3, 4)]
    public void Slices_cover_a_global_batch_without_overlap(int globalCount, int microBatches, int dataDegree)
    {
        var plan = new BatchPlan(12, microBatches, dataDegree);
        var position = 0;
        for (var microBatch = 0; microBatch < microBatches; microBatch++)
        {
            for (var coordinate = 0; coordinate < dataDegree; coordinate++)
            {
                var slice = BatchSlice.Of(plan, globalCount, microBatch, coordinate);
                Assert.Equal(position, slice.Offset);
                position += slice.Count;
            }
        }

        Assert.Equal(globalCount, position);
    }
}
