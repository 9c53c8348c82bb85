using ParDsl.Compiler.Plans;
using Xunit;
using static ParDsl.Runtime.Tests.Training.LayoutComparison;

namespace ParDsl.Runtime.Tests.Training;

/// <summary>
/// Every layout learns what one device does that runs the same micro-batches one after the other: losses and weights in
/// float64, dropout and batch norm included. The bytes that the plan says are those that move.
/// </summary>
public sealed class MeshTests
{
    private const int SampleCount = 75; // batches of 16, and a last one of 11
    private const int TailSampleCount = 35;

    private const string Network = """
          conv2d 4 kernel=3 padding=1; batch_norm; relu; max_pool 2
          residual { conv2d 4 kernel=3 padding=1; batch_norm; silu }
          average_pool 2; flatten
          fc1: linear 12; batch_norm; gelu; dropout 0.3
          layer_norm
          residual { linear 8; tanh; dropout 0.1; linear 12 }
          fc2: linear 3
        """;

    public static TheoryData<string> Layouts =>
    [
        "data 2 bucket=400 B",
        "data 4; shard optimizer",
        "data 4 bucket=400 B; shard optimizer",
        "data 2; shard gradients",
        "data 4 bucket=400 B; shard gradients",
        "data 2; shard parameters",
        "data 4; shard parameters",
        "pipeline 2",
        "pipeline 4",
        "pipeline 2 microbatches=4 schedule=gpipe",
        "pipeline 3 microbatches=4 schedule=1f1b",
        "pipeline 2 microbatches=4 schedule=interleaved chunks=3",
        "pipeline 2 at=[fc1]",
        "pipeline 2 microbatches=4 schedule=zero_bubble",
        "pipeline 3 microbatches=4 schedule=zero_bubble",
        "data 2 bucket=400 B; pipeline 2 schedule=zero_bubble; shard gradients",
        "data 2 bucket=400 B; pipeline 2 schedule=zero_bubble; shard parameters; recompute all",
        "data 2; pipeline 2",
        "data 2 bucket=400 B; pipeline 2 microbatches=4; shard optimizer",
        "data 2 bucket=400 B; pipeline 2; shard gradients",
        "data 2; pipeline 2; shard parameters",
        "data 1; recompute all",
        "data 2; recompute every=3",
        "pipeline 2; recompute all",
        "data 2; pipeline 2; shard parameters; recompute every=2",
        "tensor 2",
        "tensor 4",
        "data 2; tensor 2",
        "pipeline 2; tensor 2",
        "data 2; pipeline 2; tensor 2",
        "data 2 bucket=400 B; tensor 2; shard gradients",
        "data 2; tensor 2; shard parameters",
        "pipeline 2 microbatches=4 schedule=zero_bubble; tensor 2; recompute all",
    ];

    public static TheoryData<string> SequenceLayouts =>
    [
        "data 2 bucket=2 KiB; shard parameters",
        "pipeline 2",
        "pipeline 4 microbatches=8 schedule=zero_bubble",
        "pipeline 2 microbatches=4 schedule=interleaved chunks=2",
        "data 2; pipeline 2",
        "data 2; pipeline 3 microbatches=4; recompute all",
        "tensor 2",
        "data 2; tensor 2; shard optimizer",
        "pipeline 2; tensor 2",
        "data 2 bucket=2 KiB; tensor 2; shard parameters",
        "data 2; pipeline 2 schedule=zero_bubble; tensor 2; recompute every=2",
    ];

    /// <summary>Layers that tensor ranks share from end to end, the loss included.</summary>
    public static TheoryData<string> SharedLayouts =>
    [
        "tensor 2",
        "tensor 4",
        "data 2; tensor 2",
        "data 2 bucket=400 B; tensor 2; shard parameters; recompute every=3",
        "pipeline 2; tensor 2",
        "data 2; pipeline 2 microbatches=4 schedule=zero_bubble; tensor 2",
    ];

    [Theory]
    [MemberData(nameof(SharedLayouts))]
    public void A_layout_learns_a_network_of_shared_channels_and_classes_as_one_device_does(string layout) =>
        Compare(layout, ChannelPlan);

    [Theory]
    [MemberData(nameof(Layouts))]
    public void A_layout_learns_what_one_device_does(string layout) => Compare(layout, ImagePlan);

    [Theory]
    [MemberData(nameof(SequenceLayouts))]
    public void A_layout_learns_a_gpt_with_a_tied_weight_as_one_device_does(string layout) => Compare(layout, TextPlan);

    /// <summary>An epoch's last batch with fewer samples than micro-batches: some have none on any rank.</summary>
    [Theory]
    [InlineData("data 2 bucket=400 B; shard gradients")]
    [InlineData("data 2 bucket=400 B; shard parameters; recompute all")]
    [InlineData("data 2; pipeline 2 microbatches=8; shard gradients")]
    [InlineData("pipeline 2 microbatches=8 schedule=zero_bubble")]
    [InlineData("data 2; pipeline 2 microbatches=8 schedule=zero_bubble; shard parameters")]
    public void Micro_batches_without_samples_change_nothing(string layout) => Compare(layout, TailPlan);

    private static ExecutionPlan ImagePlan(string layout, int accumulate) =>
        Specs.Plan("input [2, 8, 8]; target class 3", Network, TrainBlock(accumulate), layout, SampleCount);

    private static ExecutionPlan ChannelPlan(string layout, int accumulate) => Specs.Plan(
        "input [2, 8, 8]; target class 4",
        """
          conv2d 4 padding=1; batch_norm; relu; dropout 0.2; max_pool 2
          conv2d 6 padding=1; silu
          branches add { branch { conv2d 8 kernel=1; batch_norm; gelu; conv2d 6 kernel=1 bias=false } branch { } }
          flatten; linear 16; batch_norm; tanh; dropout 0.3; linear 8; layer_norm
          linear 4
        """,
        TrainBlock(accumulate),
        layout,
        SampleCount);

    /// <summary>Batches of 16 and a last one of 3 in 8 micro-batches.</summary>
    private static ExecutionPlan TailPlan(string layout, int accumulate) => Specs.Plan(
        "input [6]; target class 3",
        "linear 8; layer_norm; gelu; linear 8; tanh; dropout 0.2; linear 3",
        TrainBlock(layout.Contains("microbatches", StringComparison.Ordinal) ? accumulate : 8),
        layout,
        TailSampleCount);

    private static ExecutionPlan TextPlan(string layout, int accumulate) => Specs.Plan(
        "source text \"none.txt\" length=5",
        """
          tokens: embedding 8 std=0.1; positions learned; dropout 0.1
          repeat 2 {
            residual { layer_norm; attention heads=2 causal=true; dropout 0.1 }
            residual { layer_norm; linear 12; gelu; linear 8; dropout 0.1 }
          }
          layer_norm; linear vocabulary tied=tokens
        """,
        TrainBlock(accumulate),
        layout,
        SampleCount,
        vocabulary: TokenRun.Vocabulary + 1);
}
