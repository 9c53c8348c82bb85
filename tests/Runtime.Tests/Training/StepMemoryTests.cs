using ParDsl.Compiler.Plans;
using ParDsl.Runtime.Building;
using ParDsl.Runtime.Ranks;
using ParDsl.Runtime.Training;
using TorchSharp;
using Xunit;

namespace ParDsl.Runtime.Tests.Training;

/// <summary>An update leaves no tensor, whatever the layout.</summary>
[Collection(TensorCountingTests.Name)]
public sealed class StepMemoryTests
{
    private const string Model = """
          conv2d 4; batch_norm; relu; max_pool 2; flatten
          residual { layer_norm; dropout 0.2 }
          linear 5
        """;

    private const string Sequence = """
          tokens: embedding 8; positions learned; positions sinusoidal
          residual { rms_norm; attention heads=2 causal=true; dropout 0.2 }
          linear vocabulary tied=tokens
        """;

    private const string Train = "loss cross_entropy; optimizer adamw lr=1e-3; batch 12; accumulate 2; clip 0.1; steps 400; metric accuracy";

    [Theory]
    [InlineData("data 1", "input [1, 8, 8]; target class 5", Model, "float32")]
    [InlineData("data 2", "input [1, 8, 8]; target class 5", Model, "float32")]
    [InlineData("data 2", "input [1, 8, 8]; target class 5", Model, "float16")]
    [InlineData("data 2", "source text \"none.txt\" length=6", Sequence, "float32")]
    [InlineData("data 1", "source text \"none.txt\" length=6", Sequence, "bfloat16")]
    [InlineData("tensor 2 sequence=true", "source text \"none.txt\" length=6", Sequence, "float32")]
    public void A_step_leaves_no_tensor_behind(string layout, string data, string model, string precision)
    {
        var plan = Specs.Plan(data, model, $"{Train}; precision {precision}", layout, 60);
        using var session = Specs.Session(plan, 60);
        session.Step(10);
        SettleEarlierTests();
        var before = torch.Tensor.TotalCount;
        session.Step(200);
        // The loaders hold a few batches each, sometimes one more or less; 200 steps would leave hundreds.
        Assert.InRange(torch.Tensor.TotalCount - before, -20, 20);
    }

    /// <summary>What a micro-batch made is gone when it has been backward, not when the update ends.</summary>
    [Theory]
    [InlineData("data 2; shard parameters")]
    [InlineData("tensor 2")]
    [InlineData("tensor 2 sequence=true")]
    [InlineData("pipeline 2 microbatches=16 schedule=zero_bubble")]
    public void Later_micro_batches_of_an_update_hold_no_more_tensors_than_earlier_ones(string layout)
    {
        var accumulate = layout.Contains("microbatches", StringComparison.Ordinal) ? "" : "accumulate 16;";
        var plan = Specs.Plan(
            layout.Contains("sequence", StringComparison.Ordinal) ? "input [4, 6]; target [4, 4]" : "input [6]; target [4]",
            "repeat 4 { linear 8; gelu; linear 6; layer_norm }; linear 4",
            $"loss mse; optimizer adamw lr=1e-3; batch 32; {accumulate} steps 100",
            layout,
            64);
        var counts = new TensorCounts();
        var options = RunOptions.InMemory with { Probe = counts };
        using var session = SessionBuilder.Build(plan, options, Specs.Data(plan.Program, 64));
        session.Step(2);
        // The other rank is somewhere in its own micro-batch; eight linears in eight micro-batches would leave hundreds.
        Assert.InRange(counts.Of(12) - counts.Of(4), -100, 100);
    }

    /// <summary>
    /// A micro-batch in flight is its batch on both ranks and the value between them; its loss and what the model gave are made
    /// again when it goes backward.
    /// </summary>
    [Fact]
    public void What_is_computed_again_holds_no_losses_until_then()
    {
        const int more = 12;
        // Seven or eight each, with what the loaders hold; with outputs and losses they were near ten.
        const int most = 9;
        Assert.InRange(TensorsInFlight(4 + more) - TensorsInFlight(4), 1, more * most);
    }

    [Fact]
    public void A_session_with_its_evaluations_leaves_no_tensor_behind()
    {
        var plan = Specs.Plan("input [1, 8, 8]; target class 5", Model, Train, 2, 60);
        SettleEarlierTests();
        var before = torch.Tensor.TotalCount;
        using (var session = Specs.Session(plan, 48, 12))
            session.Run(new RecordingObserver(), TestContext.Current.CancellationToken);
        Assert.Equal(before, torch.Tensor.TotalCount);
    }

    /// <summary>When the last stage has taken all micro-batches forward: the first one then waits for their gradients.</summary>
    private static long TensorsInFlight(int microBatches)
    {
        var plan = Specs.Plan(
            "input [6]; target [4]",
            "linear 8; gelu; linear 8; linear 4",
            "loss mse; optimizer sgd lr=1e-3; batch 64; steps 10",
            $"pipeline 2 microbatches={microBatches} schedule=gpipe; recompute all",
            64);
        var counts = new ForwardCount(microBatches - 1);
        using var session = SessionBuilder.Build(plan, RunOptions.InMemory with { Probe = counts }, Specs.Data(plan.Program, 64));
        session.Step(1);
        SettleEarlierTests();
        var before = torch.Tensor.TotalCount;
        session.Step(1);
        return counts.Tensors - before;
    }

    /// <summary>The tensors that are there when the last rank has done a micro-batch's forward pass.</summary>
    private sealed class ForwardCount(int microBatch) : IActionProbe
    {
        public long Tensors { get; private set; }

        public void Before(Rank rank, PlanAction action)
        {
        }

        public void After(Rank rank, PlanAction action)
        {
            if (rank.Own.Rank == 1 && action is PlanAction.Forward forward && forward.MicroBatch == microBatch)
                Tensors = torch.Tensor.TotalCount;
        }
    }

    /// <summary>The process's tensors when rank 0 has taken a micro-batch backward.</summary>
    private sealed class TensorCounts : IActionProbe
    {
        private readonly Dictionary<int, long> counts = [];

        public long Of(int microBatch) => counts[microBatch];

        public void Before(Rank rank, PlanAction action)
        {
        }

        public void After(Rank rank, PlanAction action)
        {
            if (rank.Own.Rank == 0 && action is PlanAction.Backward or PlanAction.InputGradient && action.MicroBatchOf() is { } microBatch)
                counts[microBatch] = torch.Tensor.TotalCount;
        }
    }

    /// <summary>What earlier tests left to the garbage collector must not go away while these count.</summary>
    private static void SettleEarlierTests()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
    }
}
