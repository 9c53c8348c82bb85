using ParDsl.Compiler.Plans;
using ParDsl.Runtime.Building;
using ParDsl.Runtime.Data;
using ParDsl.Runtime.Ranks;
using ParDsl.Runtime.Training;
using Xunit;

namespace ParDsl.Runtime.Tests.Training;

/// <summary>A weight's gradient that is left for later reads the batch that its backward pass saw.</summary>
public sealed class DeferredGradientTests
{
    private const int StepCount = 3;
    private const int MicroBatchCount = 4;
    private const int MicroBatchSize = 4;
    private const int SampleCount = 64;

    /// <summary>Four samples in float64 are more than a rank would put together itself: they are loaded ahead.</summary>
    private const int Width = 1100;

    [Fact]
    public void Batches_that_are_loaded_before_a_deferred_weight_gradient_do_not_take_its_memory()
    {
        var alone = Losses(PlanFor("data 1", MicroBatchCount), SampleMatrixOf, RunOptions.InMemory);

        using var gated = new GatedMatrix(SampleMatrixOf());
        var together = Losses(
            PlanFor($"pipeline 2 microbatches={MicroBatchCount} schedule=zero_bubble", 1),
            () => gated,
            RunOptions.InMemory with { Probe = new OpenBeforeWeights(gated) });

        Assert.True(gated.IsOpen, "no weight gradient was deferred, so nothing was tested");
        Assert.All(alone.Zip(together), pair => Assert.Equal(pair.First, pair.Second, 1e-12));
    }

    private static double[] Losses(ExecutionPlan plan, Func<SampleMatrix> inputs, RunOptions options)
    {
        var data = Specs.Data(plan.Program, SampleCount);
        var table = new SampleTable(inputs(), data.Training.Table.Targets);
        using var session = SessionBuilder.Build(plan, options, data with { Training = data.Training with { Table = table } });
        return Specs.Losses(session, StepCount);
    }

    private static ExecutionPlan PlanFor(string layout, int accumulate) => Specs.Plan(
        $"input [{Width}]; target [2]",
        "linear 8; tanh; linear 2",
        $"loss mse; optimizer sgd lr=0.1; batch {MicroBatchCount * MicroBatchSize}; accumulate {accumulate}; steps 20; precision float64",
        layout,
        SampleCount);

    private static DoubleMatrix SampleMatrixOf() =>
        new([.. Enumerable.Range(0, SampleCount * Width).Select(index => Math.Sin(index) / 10)], SampleCount, Width);

    /// <summary>
    /// Lets each loader read two micro-batches, which is what the first stage needs before its first backward pass, and no
    /// more until it is opened.
    /// </summary>
    private sealed class GatedMatrix(SampleMatrix matrix) : SampleMatrix(matrix.RowCount, matrix.Width), IDisposable
    {
        private const int LoaderCount = 2;
        private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

        private readonly ManualResetEventSlim gate = new();
        private readonly CountdownEvent ahead = new(LoaderCount);
        private readonly ThreadLocal<int> rows = new();

        public bool IsOpen => gate.IsSet;

        /// <summary>Opens, and waits until each loader has read two micro-batches more and begins another.</summary>
        public void Open()
        {
            gate.Set();
            Assert.True(ahead.Wait(Patience), "the loaders did not read ahead");
        }

        public override void CopyRow(int row, Span<float> destination, float scale, float shift) =>
            throw new NotSupportedException("the tests train in float64");

        public override void CopyRow(int row, Span<double> destination, double scale, double shift)
        {
            rows.Value++;
            if (rows.Value > 2 * MicroBatchSize)
                Assert.True(gate.Wait(Patience), "the gate was not opened");
            if (rows.Value == (4 * MicroBatchSize) + 1)
                ahead.Signal();
            matrix.CopyRow(row, destination, scale, shift);
        }

        public void Dispose()
        {
            gate.Dispose();
            ahead.Dispose();
            rows.Dispose();
        }
    }

    /// <summary>Between the first stage's input gradient and its weight gradient, the loaders read on.</summary>
    private sealed class OpenBeforeWeights(GatedMatrix matrix) : IActionProbe
    {
        public void Before(Rank rank, PlanAction action)
        {
            if (action is PlanAction.WeightGradient { Segment: 0 } && !matrix.IsOpen)
                matrix.Open();
        }
    }
}
