using ParDsl.Compiler.Planning;
using ParDsl.Compiler.Plans;
using ParDsl.Runtime.Building;
using ParDsl.Runtime.Checkpoints;
using ParDsl.Runtime.Tests.Checkpoints;
using ParDsl.Runtime.Training;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace ParDsl.Runtime.Tests.Training;

/// <summary>
/// Training in 16 bits follows training in float32, in every layout alike, with weights kept in float32; float16 scales its
/// loss. bfloat16 has 8 significant bits, so a rounding is up to 1/256 of a number; float16 has 11.
/// </summary>
public sealed class PrecisionTests
{
    private const int SampleCount = 75; // batches of 16, and a last one of 11
    private const int StepCount = 20;

    private const string Perceptron = "linear 16; gelu; layer_norm; linear 12; silu; rms_norm; dropout 0.1; linear 3";

    private const string Convolutions = """
          conv2d 4 kernel=3 padding=1; batch_norm; relu; max_pool 2
          residual { conv2d 4 kernel=3 padding=1; batch_norm; silu }
          average_pool 2; flatten
          fc1: linear 12; batch_norm; gelu; dropout 0.1
          sequential { linear 12; tanh }; multiply fc1; concat fc1; linear 8; sigmoid
          linear 3; softmax; linear 3
        """;

    private const string Sequence = """
          tokens: embedding 8 std=0.1; positions learned; positions sinusoidal; dropout 0.1
          repeat 2 {
            residual { layer_norm; attention heads=2 causal=true }
            residual { rms_norm; linear 12; gelu; linear 8 }
          }
          layer_norm; linear vocabulary tied=tokens
        """;

    public static TheoryData<string, string, double> Models
    {
        get
        {
            var models = new TheoryData<string, string, double>();
            foreach (var model in new[] { "perceptron", "convolutions", "sequence" })
            {
                models.Add(model, "bfloat16", 0.006);
                models.Add(model, "float16", 0.001);
            }

            return models;
        }
    }

    public static TheoryData<string, string, string> Layouts
    {
        get
        {
            var layouts = new TheoryData<string, string, string>();
            foreach (var precision in new[] { "bfloat16", "float16" })
            {
                layouts.Add("convolutions", precision, "data 2 bucket=400 B");
                layouts.Add("convolutions", precision, "data 4; shard optimizer");
                layouts.Add("convolutions", precision, "data 2 bucket=400 B; shard gradients");
                layouts.Add("convolutions", precision, "data 2; shard parameters");
                layouts.Add("convolutions", precision, "pipeline 2");
                layouts.Add("convolutions", precision, "data 2; pipeline 2; shard parameters; recompute all");
                layouts.Add("sequence", precision, "pipeline 2 microbatches=4 schedule=zero_bubble");
                layouts.Add("sequence", precision, "data 2; pipeline 2");
                layouts.Add("sequence", precision, "data 2; tensor 2 sequence=true; shard gradients");
            }

            return layouts;
        }
    }

    /// <summary>Tolerances are of the loss, over all steps, dropout included.</summary>
    [Theory]
    [MemberData(nameof(Models))]
    public void Sixteen_bits_follow_float32(string model, string precision, double tolerance)
    {
        var exact = Losses(PlanOf(model, "float32", "data 1"));
        var rounded = Losses(PlanOf(model, precision, "data 1"));
        Assert.NotEqual(exact, rounded);
        Assert.True(exact[^1] < exact[0], "the model learns something");
        AssertNear(exact, rounded, tolerance);
    }

    /// <summary>
    /// Sums of gradients are rounded in another order, and Adam makes full steps of differences near 0: the losses agree to
    /// some roundings of the precision.
    /// </summary>
    [Theory]
    [MemberData(nameof(Layouts))]
    public void A_layout_learns_what_one_device_does(string model, string precision, string layout)
    {
        var plan = PlanOf(model, precision, layout);
        Assert.Empty(PlanChecker.Check(plan));
        var alone = Losses(PlanOf(model, precision, "data 1", accumulate: plan.Batch.MicroBatchCount));
        AssertNear(alone, Losses(plan), precision == "bfloat16" ? 0.001 : 0.0002);
    }

    [Theory]
    [InlineData("bfloat16", "data 2; shard optimizer")]
    [InlineData("float16", "data 2 bucket=400 B; shard gradients")]
    [InlineData("float16", "pipeline 2")]
    public void The_bytes_that_move_are_those_of_sixteen_bits(string precision, string layout)
    {
        var plan = PlanOf("perceptron", precision, layout);
        using var session = Specs.Session(plan, SampleCount);
        session.Step(1);
        foreach (var bucket in plan.Ranks[0].Update.OfType<PlanAction.ReduceGradients>())
            Assert.Equal(plan.Ranks[0].Buckets[bucket.Bucket].ElementCount * 2, bucket.Bytes);
        Assert.All(session.MovedBytes(), bytes => Assert.InRange(bytes, 1, MovedInFloat32(layout) - 1));
    }

    /// <summary>
    /// A rate of 1e-6 moves a weight of about 0.1 by less than bfloat16 can say: alone it would stand still for ever.
    /// </summary>
    [Theory]
    [InlineData("data 1")]
    [InlineData("data 2; shard parameters")]
    public void Updates_smaller_than_a_rounding_add_up_in_the_masters(string layout)
    {
        var plan = Plan("perceptron", "bfloat16", layout, 1, "optimizer adam lr=1e-6");
        using var session = Specs.Session(plan, SampleCount);
        var before = Specs.Weights(session);
        session.Step(50);
        var after = Specs.Weights(session);
        var moved = before.Sum(pair => pair.Value.Zip(after[pair.Key]).Count(values => values.First != values.Second));
        Assert.True(moved > 0.8 * before.Values.Sum(values => values.Length), $"only {moved} weights moved");
        foreach (var (name, values) in before)
        {
            foreach (var (first, second) in values.Zip(after[name]))
                Assert.True(Math.Abs(first - second) <= 51e-6, $"{name} went from {first} to {second}");
        }
    }

    [Fact]
    public void Masters_start_as_float32_would_and_are_what_is_kept()
    {
        using var exact = Specs.Session(PlanOf("convolutions", "float32", "data 1"), SampleCount);
        foreach (var layout in new[] { "data 1", "data 2; shard optimizer", "data 2; pipeline 2; shard parameters" })
        {
            using var session = Specs.Session(PlanOf("convolutions", "bfloat16", layout), SampleCount);
            Assert.Equal(Specs.Weights(exact), Specs.Weights(session));
            foreach (var (name, tensor) in session.CopyModel(0))
            {
                Assert.Equal(name.EndsWith("num_batches_tracked", StringComparison.Ordinal) ? ScalarType.Int64 : ScalarType.Float32, tensor.dtype);
                tensor.Dispose();
            }
        }
    }

    [Theory]
    [InlineData("data 1")]
    [InlineData("data 2; shard gradients")]
    [InlineData("data 2; pipeline 2")]
    public void A_step_that_overflows_is_skipped_on_all_ranks_and_halves_the_scale(string layout)
    {
        var plan = PlanOf("perceptron", "float16", layout);
        var options = RunOptions.InMemory with { InitialLossScale = Math.Pow(2, 40), MaximumSteps = 30 };
        using var session = SessionBuilder.Build(plan, options, Specs.Data(plan.Program, SampleCount));
        var before = Specs.Weights(session);
        var (observer, wasSkipped) = (new RecordingObserver(), true);
        session.Step(1);
        Assert.Equal(before, Specs.Weights(session));
        session.Run(observer, TestContext.Current.CancellationToken);
        var scale = Math.Pow(2, 39);
        var skipped = 1.0;
        foreach (var step in observer.Steps)
        {
            wasSkipped = step.Metrics["skipped_steps"] > skipped;
            skipped = step.Metrics["skipped_steps"];
            scale = wasSkipped ? scale / 2 : scale;
            Assert.Equal(scale, step.Metrics["loss_scale"]);
        }

        Assert.InRange(skipped, 10, 28);
        Assert.False(wasSkipped);
        Assert.NotEqual(before, Specs.Weights(session));
    }

    /// <summary>Its first layer's input is beyond float16: infinite times 0 in its backward pass, at any scale.</summary>
    [Theory]
    [InlineData("data 1")]
    [InlineData("data 2; shard gradients")]
    [InlineData("pipeline 2")]
    [InlineData("tensor 2")]
    public void A_run_whose_scale_has_fallen_to_its_floor_ends_and_names_the_parameter(string layout)
    {
        var plan = Specs.Plan(
            "input [1] scale=1e30; target [1]",
            "first: linear 2; tanh; linear 4; tanh; linear 1",
            "loss mse; optimizer sgd lr=0.01; batch 16; epochs 20; precision float16",
            layout,
            64);
        using var session = SessionBuilder.Build(plan, RunOptions.InMemory);
        session.Step(40);
        var failure = Assert.Throws<RunFailedException>(() => session.Step(1));
        Assert.Equal("PD5105", failure.Diagnostic.Code);
        Assert.StartsWith(
            "float16's loss scale has fallen to its floor, 2^-24, and in step 41 the gradient of `first.weight` is still ",
            failure.Diagnostic.Message,
            StringComparison.Ordinal);
    }

    /// <summary>Adam's count of updates and its averages do not see the steps that were skipped; the scale is kept beside.</summary>
    [Fact]
    public void A_checkpoint_holds_masters_states_and_the_scale()
    {
        using var folder = new TemporaryFolder();
        var plan = PlanOf("perceptron", "float16", "data 2; shard optimizer");
        var options = new RunOptions(folder.Path, 30, null) { InitialLossScale = Math.Pow(2, 40) };
        var observer = new RecordingObserver();
        using (var session = SessionBuilder.Build(plan, options, Specs.Data(plan.Program, SampleCount)))
            session.Run(observer, TestContext.Current.CancellationToken);
        var checkpoint = System.IO.Path.Combine(folder.Path, CheckpointFolder.Name, "step-30");
        var metrics = observer.Steps[^1].Metrics;
        using var state = System.Text.Json.JsonDocument.Parse(
            File.ReadAllText(System.IO.Path.Combine(checkpoint, CheckpointFolder.StateName)));
        var scale = state.RootElement.GetProperty("loss_scale");
        Assert.Equal(metrics["loss_scale"], scale.GetProperty("scale").GetDouble());
        Assert.Equal(metrics["skipped_steps"], scale.GetProperty("skipped_steps").GetDouble());
        var model = System.IO.Path.Combine(checkpoint, CheckpointFolder.ModelName);
        var optimizer = SafetensorsFile.Read(System.IO.Path.Combine(checkpoint, CheckpointFolder.OptimizerName));
        Assert.Equal(30 - metrics["skipped_steps"], optimizer["0.weight.step"].ToSingle());
        Assert.Equal(ScalarType.Float32, optimizer["0.weight.exp_avg"].dtype);
        Assert.All(SafetensorsFile.ReadHeader(model).Entries, entry => Assert.Equal("F32", entry.Type.Name));

        using var again = SessionBuilder.Build(
            plan, RunOptions.InMemory with { InitialWeights = model }, Specs.Data(plan.Program, SampleCount));
        var kept = SafetensorsFile.Read(model);
        foreach (var (name, values) in Specs.Weights(again))
            Assert.Equal(kept[name].data<float>().ToArray(), values.Select(value => (float)value));
    }

    /// <summary>A norm of scaled gradients would be 65536 times as large, and SGD's steps as much too small.</summary>
    [Fact]
    public void Clipping_sees_unscaled_gradients()
    {
        const string Training = "optimizer sgd lr=0.5; clip 0.05";
        var exact = Losses(Plan("perceptron", "float32", "data 1", 1, Training));
        Assert.True(exact[^1] < 0.98 * exact[0], "the model learns something");
        foreach (var layout in new[] { "data 1", "data 2; shard optimizer", "pipeline 2" })
            AssertNear(exact, Losses(Plan("perceptron", "float16", layout, 1, Training)), 0.001);
    }

    [Fact]
    public void Values_to_predict_stay_float32()
    {
        const string Data = "input [4]; target [2]";
        const string Training = "loss mse; optimizer adamw lr=3e-3; batch 16; steps 20; seed 3; metric mean_absolute_error; precision ";
        var exact = Losses(Specs.Plan(Data, "linear 8; tanh; linear 2", Training + "float32", "data 1", SampleCount));
        foreach (var layout in new[] { "data 1", "data 2" })
            AssertNear(exact, Losses(Specs.Plan(Data, "linear 8; tanh; linear 2", Training + "bfloat16", layout, SampleCount)), 0.006);
    }

    private static long MovedInFloat32(string layout)
    {
        using var session = Specs.Session(PlanOf("perceptron", "float32", layout), SampleCount);
        session.Step(1);
        return session.MovedBytes().Min();
    }

    private static void AssertNear(double[] expected, double[] found, double tolerance)
    {
        var differences = expected.Zip(found, (left, right) => Math.Abs(left - right) / Math.Abs(left)).ToArray();
        Assert.True(
            differences.Max() <= tolerance, $"the losses differ by up to {differences.Max():G3} of themselves, where {tolerance} may be");
    }

    private static double[] Losses(ExecutionPlan plan)
    {
        using var session = Specs.Session(plan, SampleCount);
        return Specs.Losses(session, StepCount);
    }

    private static ExecutionPlan PlanOf(string model, string precision, string layout, int accumulate = 1) =>
        Plan(model, precision, layout, accumulate, "optimizer adamw lr=3e-3; clip 1");

    private static ExecutionPlan Plan(string model, string precision, string layout, int accumulate, string update) => Specs.Plan(
        model switch
        {
            "sequence" => "source text \"none.txt\" length=6",
            "perceptron" => "input [6]; target class 3",
            _ => "input [2, 8, 8]; target class 3",
        },
        model switch { "sequence" => Sequence, "perceptron" => Perceptron, _ => Convolutions },
        $"loss cross_entropy label_smoothing=0.1; {update}; batch 16; accumulate {accumulate}; steps 200; seed 7\n"
            + $"precision {precision}; metric accuracy",
        layout,
        SampleCount);
}
