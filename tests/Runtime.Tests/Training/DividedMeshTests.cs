using ParDsl.Compiler.Plans;
using Xunit;
using static ParDsl.Runtime.Tests.Training.LayoutComparison;

namespace ParDsl.Runtime.Tests.Training;

/// <summary>As <see cref="MeshTests"/>, where tensor ranks divide the places of a sequence.</summary>
public sealed class DividedMeshTests
{
    private const int SampleCount = 75; // batches of 16, and a last one of 11
    private const int TailSampleCount = 35;

    public static TheoryData<string> DividedLayouts =>
    [
        "tensor 2 sequence=true",
        "tensor 4 sequence=true",
        "tensor 2 sequence=true; recompute all",
        "data 2; tensor 2 sequence=true",
        "data 2 bucket=400 B; tensor 2 sequence=true; shard optimizer",
        "data 2 bucket=400 B; tensor 2 sequence=true; shard gradients",
        "data 2 bucket=2 KiB; tensor 2 sequence=true; shard parameters; recompute every=3",
        "pipeline 2; tensor 2 sequence=true",
        "pipeline 2 microbatches=4 schedule=interleaved chunks=2; tensor 2 sequence=true",
        "pipeline 4 microbatches=8 schedule=zero_bubble; tensor 2 sequence=true",
        "data 2; pipeline 2; tensor 2 sequence=true",
        "data 2; pipeline 2 microbatches=4 schedule=zero_bubble; tensor 2 sequence=true; recompute every=2",
    ];

    [Theory]
    [MemberData(nameof(DividedLayouts))]
    public void Ranks_that_divide_the_sequence_learn_a_gpt_as_one_device_does(string layout) => Compare(layout, DividedPlan);

    /// <summary>2 does not divide the vocabulary: each rank looks its places up in the whole table, and has its part of the loss.</summary>
    [Theory]
    [InlineData("tensor 2 sequence=true")]
    [InlineData("tensor 4 sequence=true")]
    [InlineData("data 2; pipeline 2; tensor 2 sequence=true")]
    [InlineData("data 2 bucket=400 B; tensor 2 sequence=true; shard gradients; recompute all")]
    public void Ranks_that_divide_the_sequence_have_their_part_of_the_loss(string layout) => Compare(layout, OddVocabularyPlan);

    /// <summary>Numbers at places, layers that mix places, and targets that are not places.</summary>
    [Theory]
    [InlineData("tensor 2 sequence=true")]
    [InlineData("tensor 4 sequence=true")]
    [InlineData("data 2; tensor 2 sequence=true; shard optimizer")]
    [InlineData("pipeline 3 microbatches=4; tensor 2 sequence=true; recompute every=2")]
    [InlineData("data 2; pipeline 2 schedule=zero_bubble; tensor 2 sequence=true")]
    public void Ranks_that_divide_the_sequence_gather_it_where_a_layer_mixes_places(string layout) => Compare(layout, MixedPlan);

    [Theory]
    [InlineData("tensor 2 sequence=true")]
    [InlineData("data 2; tensor 2 sequence=true")]
    public void Ranks_that_divide_the_sequence_compare_values_at_their_places(string layout) => Compare(layout, ValuesPlan);

    [Theory]
    [InlineData("data 2; tensor 2 sequence=true; shard gradients")]
    [InlineData("data 2; pipeline 2 microbatches=8 schedule=zero_bubble; tensor 2 sequence=true; recompute all")]
    public void Micro_batches_without_samples_change_nothing(string layout) => Compare(layout, DividedTailPlan);

    private static ExecutionPlan DividedPlan(string layout, int accumulate) =>
        DividedPlan(layout, accumulate, TokenRun.Vocabulary + 1);

    private static ExecutionPlan DividedTailPlan(string layout, int accumulate) => DividedPlan(
        layout,
        layout.Contains("microbatches", StringComparison.Ordinal) ? accumulate : 8,
        TokenRun.Vocabulary,
        TailSampleCount);

    private static ExecutionPlan OddVocabularyPlan(string layout, int accumulate) =>
        DividedPlan(layout, accumulate, TokenRun.Vocabulary);

    private static ExecutionPlan DividedPlan(
        string layout, int accumulate, int vocabulary, int sampleCount = SampleCount) => Specs.Plan(
        "source text \"none.txt\" length=8",
        """
          tokens: embedding 8 std=0.1; positions learned; dropout 0.1
          repeat 2 {
            residual { layer_norm; attention heads=4 causal=true; dropout 0.1 }
            residual { rms_norm; branches multiply { branch { linear 12; silu } branch { linear 12; dropout 0.2 } }; linear 8; dropout 0.1 }
          }
          layer_norm; linear vocabulary tied=tokens
        """,
        TrainBlock(accumulate),
        layout,
        sampleCount,
        vocabulary: vocabulary);

    /// <summary>One sequence becomes two behind each other, and numbers of all places in the end.</summary>
    private static ExecutionPlan MixedPlan(string layout, int accumulate) => Specs.Plan(
        "input [8, 3]; target class 3",
        """
          linear 8; positions sinusoidal; dropout 0.1
          first: layer_norm
          residual { attention heads=4; softmax }
          concat first axis=2
          second: linear 8
          relu
          concat second axis=1
          residual { rms_norm; linear 7; tanh; linear 8 }
          flatten; linear 8; gelu; linear 3
        """,
        TrainBlock(accumulate),
        layout,
        SampleCount);

    private static ExecutionPlan ValuesPlan(string layout, int accumulate) => Specs.Plan(
        "input [8, 3]; target [8, 2]",
        "linear 8; gelu; dropout 0.1; linear 6; residual { layer_norm; attention heads=2 }; linear 2",
        TrainBlock(accumulate).Replace("cross_entropy label_smoothing=0.1", "mse", StringComparison.Ordinal)
            .Replace("accuracy", "mean_absolute_error", StringComparison.Ordinal),
        layout,
        SampleCount);
}
