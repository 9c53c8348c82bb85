using ParDsl.Runtime.Training;
using TorchSharp;
using Xunit;

namespace ParDsl.Runtime.Tests.Training;

/// <summary>These count tensors of the whole process, so nothing else may run beside them.</summary>
[Collection(nameof(StepMemoryTests))]
[CollectionDefinition(nameof(StepMemoryTests), DisableParallelization = true)]
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
    [InlineData(1, "input [1, 8, 8]; target class 5", Model, "float32")]
    [InlineData(2, "input [1, 8, 8]; target class 5", Model, "float32")]
    [InlineData(2, "input [1, 8, 8]; target class 5", Model, "float16")]
    [InlineData(2, "source text \"none.txt\" length=6", Sequence, "float32")]
    [InlineData(1, "source text \"none.txt\" length=6", Sequence, "bfloat16")]
    public void A_step_leaves_no_tensor_behind(int degree, string data, string model, string precision)
    {
        var plan = Specs.Plan(data, model, $"{Train}; precision {precision}", degree, 60);
        using var session = Specs.Session(plan, 60);
        session.Step(10);
        SettleEarlierTests();
        var before = torch.Tensor.TotalCount;
        session.Step(200);
        // The loaders hold a few batches each, sometimes one more or less; 200 steps would leave hundreds.
        Assert.InRange(torch.Tensor.TotalCount - before, -20, 20);
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

    /// <summary>What earlier tests left to the garbage collector must not go away while these count.</summary>
    private static void SettleEarlierTests()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
    }
}
