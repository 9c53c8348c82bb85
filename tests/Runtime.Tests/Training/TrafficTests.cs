using ParDsl.Compiler.Plans;
using Xunit;

namespace ParDsl.Runtime.Tests.Training;

/// <summary>The bytes that a plan says are those that the ranks count, each rank's to the byte.</summary>
public sealed class TrafficTests
{
    private const int SampleCount = 48;

    /// <summary>Degrees that divide nothing evenly among them.</summary>
    public static TheoryData<string> Layouts =>
    [
        .. MeshTests.Layouts.Select(row => row.Data),
        "data 3",
        "data 3 bucket=200 B; pipeline 2; recompute all",
        "data 6; shard gradients; recompute every=2",
    ];

    [Theory]
    [MemberData(nameof(Layouts))]
    public void An_update_moves_what_the_plan_says(string layout) => Compare(ImagePlan(layout));

    [Theory]
    [InlineData("tensor 3")]
    [InlineData("data 2; tensor 3; recompute all")]
    public void So_does_one_of_shared_layers(string layout) => Compare(SharedPlan(layout));

    [Theory]
    [InlineData("pipeline 2")]
    [InlineData("tensor 2")]
    [InlineData("data 3; tensor 2; shard gradients")]
    [InlineData("pipeline 3 microbatches=6 schedule=zero_bubble")]
    [InlineData("data 3; pipeline 2")]
    [InlineData("data 2; pipeline 3 microbatches=4; recompute all")]
    [InlineData("pipeline 2; tensor 2")]
    [InlineData("data 3; pipeline 2; tensor 2")]
    public void So_does_one_of_a_gpt_with_a_tied_weight(string layout) => Compare(TextPlan(layout));

    [Theory]
    [InlineData("tensor 3 sequence=true", "float64")]
    [InlineData("data 4 bucket=200 B; tensor 3 sequence=true; shard gradients", "float32")]
    [InlineData("data 3; tensor 3 sequence=true; shard parameters", "float16")]
    [InlineData("data 2 bucket=200 B; pipeline 2; tensor 3 sequence=true; recompute all", "bfloat16")]
    public void So_does_one_of_a_divided_sequence(string layout, string precision) => Compare(DividedPlan(layout, precision));

    [Theory]
    [InlineData("data 2 bucket=200 B; shard gradients", "float16")]
    [InlineData("data 2; shard parameters", "float16")]
    [InlineData("pipeline 2", "float16")]
    [InlineData("tensor 2", "float16")]
    [InlineData("data 2; pipeline 2; tensor 2", "float16")]
    [InlineData("data 2; pipeline 2; tensor 2", "bfloat16")]
    public void So_does_one_of_16_bits(string layout, string precision) => Compare(SharedPlan(layout, precision));

    private static void Compare(ExecutionPlan plan)
    {
        using var session = Specs.Session(plan, SampleCount);
        for (var step = 1; step <= 2; step++)
        {
            session.Step(1);
            Assert.Equal(plan.Ranks.Select(rank => step * UpdateTraffic.Of(plan, rank).TotalBytes), session.MovedBytes());
        }

        Assert.True(plan.Ranks.Length == 1 || UpdateTraffic.Total(plan) > 0, "nothing was moved, so nothing was compared");
    }

    private static ExecutionPlan ImagePlan(string layout) => Specs.Plan(
        "input [2, 8, 8]; target class 3",
        """
          conv2d 5 kernel=3 padding=1; batch_norm; relu; max_pool 2
          residual { conv2d 5 kernel=3 padding=1; batch_norm; silu }
          average_pool 2; flatten
          fc1: linear 13; batch_norm; gelu; dropout 0.3
          layer_norm
          residual { linear 8; tanh; dropout 0.1; linear 13 }
          fc2: linear 3
        """,
        "loss cross_entropy; optimizer adamw lr=1e-3; batch 48; clip 1; steps 12; metric accuracy",
        layout,
        SampleCount);

    private static ExecutionPlan SharedPlan(string layout, string precision = "float32") => Specs.Plan(
        "input [2, 8, 8]; target class 6",
        "conv2d 6 padding=1; batch_norm; relu; dropout 0.1; conv2d 3; flatten; linear 9; gelu; linear 6",
        $"loss cross_entropy; optimizer adamw lr=1e-3; batch 48; clip 1; steps 12; metric accuracy; precision {precision}",
        layout,
        SampleCount);

    /// <summary>A gathering in the end, since neither the vocabulary nor the classes can be cut.</summary>
    private static ExecutionPlan DividedPlan(string layout, string precision) => Specs.Plan(
        "source text \"none.txt\" length=6",
        """
          embedding 9; positions learned; dropout 0.1
          residual { layer_norm; attention heads=3; dropout 0.1 }
          residual { layer_norm; linear 11; gelu; linear 9 }
          residual { layer_norm; linear 12; gelu; linear 9 }
          rms_norm; linear vocabulary
        """,
        $"loss cross_entropy; optimizer adamw lr=1e-3; batch 24; clip 1; steps 12; metric accuracy; precision {precision}",
        layout,
        SampleCount);

    private static ExecutionPlan TextPlan(string layout) => Specs.Plan(
        "source text \"none.txt\" length=5",
        """
          tokens: embedding 8 std=0.1; positions learned
          repeat 2 {
            residual { layer_norm; attention heads=2 causal=true; dropout 0.1 }
            residual { layer_norm; linear 11; gelu; linear 8 }
          }
          layer_norm; linear vocabulary tied=tokens
        """,
        "loss cross_entropy; optimizer adamw lr=1e-3; batch 24; clip 1; steps 12; precision float64",
        layout,
        SampleCount,
        vocabulary: TokenRun.Vocabulary + 1);
}
