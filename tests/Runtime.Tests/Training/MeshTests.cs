using ParDsl.Compiler.Planning;
using ParDsl.Compiler.Plans;
using Xunit;
using static TorchSharp.torch;

namespace ParDsl.Runtime.Tests.Training;

/// <summary>
/// Every layout learns what one device does that runs the same micro-batches one after the other: losses and weights in
/// float64, dropout and batch norm included. The bytes that the plan says are those that move.
/// </summary>
public sealed class MeshTests
{
    private const int StepCount = 12;
    private const int SampleCount = 75; // batches of 16, and a last one of 11
    private const int TailSampleCount = 35;
    private const double LearningRate = 1e-3;

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

    /// <summary>A sequence whose places tensor ranks divide.</summary>
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

    private static void Compare(string layout, Func<string, int, ExecutionPlan> planFor)
    {
        var plan = planFor(layout, 1);
        Assert.Empty(PlanChecker.Check(plan));
        var (alone, aloneWeights) = Train(planFor("data 1", plan.Batch.MicroBatchCount));
        var (together, togetherWeights) = Train(plan);
        for (var step = 0; step < StepCount; step++)
            Assert.True(Math.Abs(alone[step] - together[step]) <= 1e-9 * Math.Abs(alone[step]), $"step {step + 1}: {alone[step]} and {together[step]}");
        Assert.Equal(aloneWeights.Keys, togetherWeights.Keys);
        foreach (var (name, values) in aloneWeights)
        {
            var difference = values.Zip(togetherWeights[name], (left, right) => Math.Abs(left - right)).Max();
            var scale = Math.Max(values.Max(Math.Abs), LearningRate);
            Assert.True(difference <= 1e-9 * scale, $"{name} differs by {difference:G3}, relative {difference / scale:G3}");
        }
    }

    private static (double[] Losses, SortedDictionary<string, double[]> Weights) Train(ExecutionPlan plan)
    {
        using var session = Specs.Session(plan, checked((int)plan.Program.Data.Description.TrainingCount!.Value));
        var losses = new double[StepCount];
        for (var step = 0; step < StepCount; step++)
        {
            session.Step(1);
            losses[step] = session.Loss;
        }

        return (losses, Read(session.CopyModel(0)));
    }

    private static ExecutionPlan ImagePlan(string layout, int accumulate) =>
        Specs.Plan("input [2, 8, 8]; target class 3", Network, Training(accumulate), layout, SampleCount);

    private static ExecutionPlan ChannelPlan(string layout, int accumulate) => Specs.Plan(
        "input [2, 8, 8]; target class 4",
        """
          conv2d 4 padding=1; batch_norm; relu; dropout 0.2; max_pool 2
          conv2d 6 padding=1; silu
          branches add { branch { conv2d 8 kernel=1; batch_norm; gelu; conv2d 6 kernel=1 bias=false } branch { } }
          flatten; linear 16; batch_norm; tanh; dropout 0.3; linear 8; layer_norm
          linear 4
        """,
        Training(accumulate),
        layout,
        SampleCount);

    /// <summary>Batches of 16 and a last one of 3 in 8 micro-batches.</summary>
    private static ExecutionPlan TailPlan(string layout, int accumulate) => Specs.Plan(
        "input [6]; target class 3",
        "linear 8; layer_norm; gelu; linear 8; tanh; dropout 0.2; linear 3",
        Training(layout.Contains("microbatches", StringComparison.Ordinal) ? accumulate : 8),
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
        Training(accumulate),
        layout,
        SampleCount,
        vocabulary: TokenRun.Vocabulary + 1);

    private static ExecutionPlan DividedPlan(string layout, int accumulate) =>
        DividedPlan(layout, accumulate, TokenRun.Vocabulary + 1);

    private static ExecutionPlan OddVocabularyPlan(string layout, int accumulate) =>
        DividedPlan(layout, accumulate, TokenRun.Vocabulary);

    private static ExecutionPlan DividedPlan(string layout, int accumulate, int vocabulary) => Specs.Plan(
        "source text \"none.txt\" length=8",
        """
          tokens: embedding 8 std=0.1; positions learned; dropout 0.1
          repeat 2 {
            residual { layer_norm; attention heads=4 causal=true; dropout 0.1 }
            residual { rms_norm; branches multiply { branch { linear 12; silu } branch { linear 12; dropout 0.2 } }; linear 8; dropout 0.1 }
          }
          layer_norm; linear vocabulary tied=tokens
        """,
        Training(accumulate),
        layout,
        SampleCount,
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
        Training(accumulate),
        layout,
        SampleCount);

    private static ExecutionPlan ValuesPlan(string layout, int accumulate) => Specs.Plan(
        "input [8, 3]; target [8, 2]",
        "linear 8; gelu; dropout 0.1; linear 6; residual { layer_norm; attention heads=2 }; linear 2",
        Training(accumulate).Replace("cross_entropy label_smoothing=0.1", "mse", StringComparison.Ordinal)
            .Replace("accuracy", "mean_absolute_error", StringComparison.Ordinal),
        layout,
        SampleCount);

    private static string Training(int accumulate) =>
        $"""
          loss cross_entropy label_smoothing=0.1
          optimizer adamw lr={LearningRate}
          batch 16
          accumulate {accumulate}
          clip 1
          steps {StepCount}
          seed 7
          precision float64
          metric accuracy
        """;

    private static SortedDictionary<string, double[]> Read(IEnumerable<KeyValuePair<string, Tensor>> model)
    {
        var values = new SortedDictionary<string, double[]>(StringComparer.Ordinal);
        foreach (var (name, tensor) in model)
        {
            using var whole = tensor.to(ScalarType.Float64);
            values.Add(name, whole.data<double>().ToArray());
            tensor.Dispose();
        }

        return values;
    }
}
