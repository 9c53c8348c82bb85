using ParDsl.Compiler.Plans;
using ParDsl.Runtime.Tests.Checkpoints;
using ParDsl.Runtime.Tests.Training;
using Xunit;

namespace ParDsl.Runtime.Tests.Resuming;

/// <summary>
/// A run that goes on from any of its checkpoints, within an epoch too, ends with the bits of the undisturbed one: weights,
/// running statistics, the optimizer's states, the loss's scale and the epoch's sums.
/// </summary>
public sealed class ResumedBitsTests
{
    private const long Last = 14;

    public static TheoryData<string, string> Cases => new()
    {
        { "data 1", "float32" },
        { "data 1", "float64" },
        { "data 1", "bfloat16" },
        { "data 1", "float16" },
        { "data 2", "float32" },
        { "data 2; shard optimizer", "bfloat16" },
        { "data 2; shard gradients", "float16" },
        { "data 2; shard parameters", "float32" },
        { "data 2; shard parameters", "bfloat16" },
        { "pipeline 2", "float32" },
        { "pipeline 2 schedule=zero_bubble", "float16" },
        { "tensor 2", "float32" },
        { "tensor 2", "bfloat16" },
        { "data 2; pipeline 2", "float32" },
        { "data 2; pipeline 2; tensor 2", "float32" },
        { "data 2; shard gradients; tensor 2; recompute", "float16" },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void Going_on_from_any_checkpoint_ends_with_the_same_bits(string layout, string precision)
    {
        using var folder = new TemporaryFolder();
        var plan = PlanFor(layout, precision, "optimizer adamw lr=1e-2; schedule cosine warmup=3 steps; clip 0.5");
        var whole = SavedRun.Run(plan, folder["whole"]);
        Assert.Equal([14, 12, 9, 6, 3], SavedRun.Steps(folder["whole"]));
        foreach (var step in (long[])[3, 6, 12])
        {
            var name = $"from-{step}";
            var resumed = SavedRun.Run(plan, folder[name], SavedRun.At(folder["whole"], step));
            Assert.Equal(SavedRun.Bytes(folder["whole"], Last), SavedRun.Bytes(folder[name], Last));
            Assert.Equal(step + 1, resumed.Steps[0].Step);
            Assert.Equal(whole.Steps.Skip((int)step).Select(report => report.Loss), resumed.Steps.Select(report => report.Loss));
            AssertSameEpochs(whole, resumed);
        }
    }

    [Theory]
    [InlineData("optimizer sgd lr=0.1 momentum=0.9 nesterov=true")]
    [InlineData("optimizer sgd lr=0.1; schedule step every=1 epoch factor=0.5")]
    [InlineData("optimizer adam lr=1e-2; schedule linear minimum=0.1; shuffle false")]
    public void Every_optimizer_and_schedule_goes_on(string train)
    {
        using var folder = new TemporaryFolder();
        var plan = PlanFor("data 2", "float32", train);
        SavedRun.Run(plan, folder["whole"]);
        SavedRun.Run(plan, folder["resumed"], SavedRun.At(folder["whole"], 6));
        Assert.Equal(SavedRun.Bytes(folder["whole"], Last), SavedRun.Bytes(folder["resumed"], Last));
    }

    [Theory]
    [InlineData("data 1")]
    [InlineData("pipeline 2 microbatches=2")]
    [InlineData("data 2; tensor 2")]
    public void A_run_of_tokens_with_a_tied_weight_goes_on(string layout)
    {
        using var folder = new TemporaryFolder();
        var plan = Specs.Plan(
            "source text \"run.txt\" length=8",
            "tokens: embedding 8; positions learned; dropout 0.1; residual { layer_norm; attention heads=2 causal=true }; residual { layer_norm; linear 16; gelu; linear 8 }; layer_norm; linear vocabulary tied=tokens",
            "loss cross_entropy; optimizer adamw lr=1e-2; batch 16; steps 14; seed 3; metric accuracy; checkpoint every=3 steps keep=9",
            layout,
            SavedRun.SampleCount);
        SavedRun.Run(plan, folder["whole"]);
        SavedRun.Run(plan, folder["resumed"], SavedRun.At(folder["whole"], 6));
        Assert.Equal(SavedRun.Bytes(folder["whole"], Last), SavedRun.Bytes(folder["resumed"], Last));
    }

    [Fact]
    public void A_run_may_stop_and_go_on_after_every_update()
    {
        using var folder = new TemporaryFolder();
        var plan = PlanFor("data 2", "float32", "optimizer adamw lr=1e-2");
        SavedRun.Run(plan, folder["whole"]);
        SavedRun.Run(plan, folder["0"], maximumSteps: 1);
        for (var step = 1; step < Last; step++)
            SavedRun.Run(plan, folder[$"{step}"], SavedRun.At(folder[$"{step - 1}"], step), maximumSteps: step + 1);
        Assert.Equal(SavedRun.Bytes(folder["whole"], Last), SavedRun.Bytes(folder["13"], Last));
    }

    private static void AssertSameEpochs(RecordingObserver whole, RecordingObserver resumed)
    {
        foreach (var epoch in resumed.Epochs)
        {
            var same = whole.Epochs.Single(other => other.Step == epoch.Step);
            Assert.Equal(same.Train, epoch.Train);
            Assert.Equal(same.Validation, epoch.Validation);
        }
    }

    private static ExecutionPlan PlanFor(string layout, string precision, string train) => Specs.Plan(
        "input [6]; target class 4; validation 10%",
        "linear 16; batch_norm; relu; dropout 0.25; linear 16; layer_norm; gelu; dropout 0.1; linear 4",
        $"loss cross_entropy; {train}; batch 16; accumulate 2; steps 14; seed 5; precision {precision}; metric accuracy; checkpoint every=3 steps keep=9",
        layout,
        SavedRun.SampleCount);
}
