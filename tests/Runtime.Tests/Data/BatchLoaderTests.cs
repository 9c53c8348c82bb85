using ParDsl.Compiler.Checked;
using ParDsl.Compiler.Plans;
using ParDsl.Runtime.Data;
using ParDsl.Runtime.Native;
using TorchSharp;
using Xunit;

namespace ParDsl.Runtime.Tests.Data;

[Collection(TensorCountingTests.Name)]
public sealed class BatchLoaderTests
{
    private const int Width = 3;

    public BatchLoaderTests() => NativeLibraries.Load();

    [Theory]
    [InlineData(0)]
    [InlineData(BatchPlan.LoadedAhead)]
    public void Ranks_and_micro_batches_together_load_the_steps_samples_in_their_order(int ahead)
    {
        var plan = new BatchPlan(6, 2, 2);
        var order = new SampleOrder(20, 42, true);
        var steps = order.StepsPerEpoch(6);
        using var first = IBatchLoader.Open(Request(plan, order, 0) with { Ahead = ahead });
        using var second = IBatchLoader.Open(Request(plan, order, 1) with { Ahead = ahead });
        var seen = new List<int>();
        for (var index = 0; index < steps * plan.MicroBatchCount; index++)
        {
            seen.AddRange(Take(first).Samples);
            seen.AddRange(Take(second).Samples);
        }

        Assert.Equal(order.Epoch(0), seen);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(BatchPlan.LoadedAhead)]
    public void Epochs_follow_each_other_each_in_its_own_order(int ahead)
    {
        var order = new SampleOrder(7, 42, true);
        var request = Request(new BatchPlan(3, 1, 1), order, 0) with { Ahead = ahead, EndStep = 6 };
        using var loader = IBatchLoader.Open(request);
        var seen = Enumerable.Range(0, 6).Select(_ => Take(loader)).ToList();
        Assert.Equal([.. order.Epoch(0), .. order.Epoch(1)], seen.SelectMany(batch => batch.Samples));
        Assert.Equal([3, 3, 1, 3, 3, 1], seen.Select(batch => batch.Place.GlobalCount));
        Assert.Equal([0, 1, 2, 3, 4, 5], seen.Select(batch => batch.Place.Step));
        Assert.Throws<InvalidOperationException>(() => Take(loader));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(BatchPlan.LoadedAhead)]
    public void A_run_that_starts_at_a_later_step_goes_on_with_the_same_batches(int ahead)
    {
        var request = Request(new BatchPlan(3, 1, 1), new SampleOrder(10, 42, true), 0) with { Ahead = ahead, EndStep = 12 };
        using var whole = IBatchLoader.Open(request);
        using var resumed = IBatchLoader.Open(request with { FirstStep = 7 });
        var all = Enumerable.Range(0, 12).Select(_ => Take(whole).Samples).ToList();
        Assert.Equal(all.Skip(7), Enumerable.Range(0, 5).Select(_ => Take(resumed).Samples));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(BatchPlan.LoadedAhead)]
    public void A_share_may_be_empty(int ahead)
    {
        using var loader = IBatchLoader.Open(Request(new BatchPlan(4, 1, 4), SampleOrder.Unshuffled(2), 0) with { Ahead = ahead });
        using var batch = loader.Next(TestContext.Current.CancellationToken);
        Assert.Equal((0, 2), (batch.Count, batch.Place.GlobalCount));
        Assert.Equal([0, 3, 1], batch.Inputs.shape);
        Assert.Equal([0], batch.Targets.shape);
    }

    [Theory]
    [InlineData(Precision.Float32)]
    [InlineData(Precision.Float64)]
    public void Inputs_are_scaled_and_shifted_in_the_trainings_precision(Precision precision)
    {
        var request = Request(new BatchPlan(2, 1, 1), SampleOrder.Unshuffled(2), 0, scale: 1.0 / 255, shift: 0.1) with { Precision = precision };
        using var loader = IBatchLoader.Open(request);
        using var batch = loader.Next(TestContext.Current.CancellationToken);
        using var last = batch.Inputs[1, 2, 0];
        if (precision == Precision.Float32)
            Assert.Equal((1f * (float)(1.0 / 255)) + 0.1f, last.ToSingle());
        else
            Assert.Equal((1.0 * (1.0 / 255)) + 0.1, last.ToDouble());
        Assert.Equal(torch.int64, batch.Targets.dtype);
    }

    [Fact]
    public void Values_come_in_their_shape()
    {
        var numbers = new DoubleMatrix([0.1, 0.2, 0.3, 0.4, 0.5, 0.6], 3, 2);
        var format = new SampleFormat(Shape.Of(2), 1, 0, new CheckedTarget.Values(Shape.Of(2, 1)));
        var part = new DatasetPart(new SampleTable(numbers, new SampleTargets.Values(numbers)), [0, 1, 2], format);
        using var loader = IBatchLoader.Open(
            new LoadRequest(part, SampleOrder.Unshuffled(3), new BatchPlan(3, 1, 1), 0, Precision.Float64, torch.CPU));
        using var batch = loader.Next(TestContext.Current.CancellationToken);
        Assert.Equal([3, 2, 1], batch.Targets.shape);
        Assert.Equal([0.1, 0.2, 0.3, 0.4, 0.5, 0.6], batch.Targets.data<double>().ToArray());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(BatchPlan.LoadedAhead)]
    public void Batches_stay_out_of_the_scope_in_which_they_are_taken(int ahead)
    {
        using var loader = IBatchLoader.Open(Request(new BatchPlan(2, 1, 1), SampleOrder.Unshuffled(4), 0) with { Ahead = ahead });
        Batch batch;
        using (torch.NewDisposeScope())
            batch = loader.Next(TestContext.Current.CancellationToken);
        Assert.False(batch.Inputs.IsInvalid);
        batch.Dispose();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(BatchPlan.LoadedAhead)]
    public void Memory_goes_round_and_nothing_is_left_behind(int ahead)
    {
        var before = torch.Tensor.TotalCount;
        var request = Request(new BatchPlan(4, 1, 1), new SampleOrder(20, 1, true), 0) with { Ahead = ahead, EndStep = 500 };
        using (var loader = IBatchLoader.Open(request))
        {
            for (var step = 0; step < 400; step++)
                loader.Next(TestContext.Current.CancellationToken).Dispose();
            // At most: a buffer and a batch, of two tensors each, for every batch that waits, is made, or is in use.
            Assert.InRange(torch.Tensor.TotalCount - before, 0, 4 * (ahead + 2));
        }

        Assert.Equal(before, torch.Tensor.TotalCount);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(BatchPlan.LoadedAhead)]
    public void A_batch_that_outlives_its_loader_is_freed_with_it(int ahead)
    {
        var before = torch.Tensor.TotalCount;
        var loader = IBatchLoader.Open(Request(new BatchPlan(2, 1, 1), SampleOrder.Unshuffled(4), 0) with { Ahead = ahead });
        var batch = loader.Next(TestContext.Current.CancellationToken);
        loader.Dispose();
        batch.Dispose();
        Assert.Equal(before, torch.Tensor.TotalCount);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(BatchPlan.LoadedAhead)]
    public void What_fails_while_loading_is_told_to_the_rank(int ahead)
    {
        var request = Request(new BatchPlan(2, 1, 1), SampleOrder.Unshuffled(4), 0);
        // A row that the table does not have stands for whatever may go wrong there.
        var broken = request with { Ahead = ahead, Part = request.Part with { Rows = [0, 1, 2, 99_999] } };
        using var loader = IBatchLoader.Open(broken);
        loader.Next(TestContext.Current.CancellationToken).Dispose();
        var failure = Assert.Throws<RunFailedException>(() => loader.Next(TestContext.Current.CancellationToken));
        Assert.Equal("the samples of step 2 could not be put together in memory", failure.Message);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(BatchPlan.LoadedAhead)]
    public void A_wait_can_be_cancelled(int ahead)
    {
        using var loader = IBatchLoader.Open(Request(new BatchPlan(2, 1, 1), SampleOrder.Unshuffled(4), 0) with { Ahead = ahead });
        Assert.ThrowsAny<OperationCanceledException>(() => loader.Next(new CancellationToken(canceled: true)));
    }

    /// <summary>Sample i is a row of i's, and its class is i.</summary>
    private static LoadRequest Request(BatchPlan plan, SampleOrder order, int coordinate, double scale = 1, double shift = 0)
    {
        var pixels = Enumerable.Range(0, order.Count * Width).Select(index => (byte)(index / Width)).ToArray();
        var labels = Enumerable.Range(0, order.Count).Select(index => (long)index).ToArray();
        var table = new SampleTable(new ByteMatrix(pixels, order.Count, Width), new SampleTargets.Classes(labels));
        var format = new SampleFormat(Shape.Of(Width, 1), scale, shift, new CheckedTarget.Class(order.Count));
        var part = new DatasetPart(table, [.. Enumerable.Range(0, order.Count)], format);
        return new LoadRequest(part, order, plan, coordinate, Precision.Float32, torch.CPU);
    }

    private static (BatchPlace Place, int[] Samples) Take(IBatchLoader loader)
    {
        using var batch = loader.Next(TestContext.Current.CancellationToken);
        // TorchSharp cannot make an array of no numbers.
        var inputs = batch.Count == 0 ? [] : batch.Inputs.data<float>().ToArray();
        var labels = batch.Count == 0 ? [] : batch.Targets.data<long>().ToArray();
        Assert.Equal(labels.SelectMany(label => Enumerable.Repeat((float)label, Width)), inputs);
        return (batch.Place, [.. labels.Select(label => (int)label)]);
    }
}
