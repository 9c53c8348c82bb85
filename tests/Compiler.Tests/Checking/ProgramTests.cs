using ParDsl.Compiler.Checked;
using Xunit;

namespace ParDsl.Compiler.Tests.Checking;

/// <summary>Programs without mistakes, and programs with many.</summary>
public sealed class ProgramTests
{
    [Fact]
    public void What_is_not_written_has_its_default()
    {
        var training = Spec.Right(Spec.Of(train: "loss mse; optimizer adamw")).Training;
        Assert.Equal((32, 1, 1, 0), (training.GlobalBatch, training.Accumulate, training.Epochs, training.Steps));
        Assert.Equal((0.0, 0, true), (training.ClipNorm, training.Seed, training.Shuffle));
        Assert.Equal(Precision.Float32, training.Precision);
        Assert.Equal("constant", training.Schedule.Kind);
        Assert.Equal("0 steps", training.Schedule.Arguments.Text("warmup"));
        Assert.Equal((1e-3, 1e-2), (training.Optimizer.Arguments.Real("lr"), training.Optimizer.Arguments.Real("weight_decay")));
        Assert.Equal(2, training.OptimizerStateCount);
    }

    [Fact]
    public void What_is_written_is_kept()
    {
        var training = Spec.Right(Spec.Of(train: """
            loss mse; optimizer sgd 0.1 momentum=0.9; schedule step 2 epochs factor=0.5; batch 64; steps 70; seed 7
            shuffle false; precision float64; accumulate 2; clip 1.5; metric mean_absolute_error
            """)).Training;
        Assert.Equal((64, 2, 0, 70), (training.GlobalBatch, training.Accumulate, training.Epochs, training.Steps));
        Assert.Equal((1.5, 7, false), (training.ClipNorm, training.Seed, training.Shuffle));
        Assert.Equal((0.1, 1), (training.Optimizer.Arguments.Real("lr"), training.OptimizerStateCount));
        Assert.Equal("2 epochs", training.Schedule.Arguments.Text("every"));
        Assert.Equal("mean_absolute_error", Assert.Single(training.Metrics).Kind);
        Assert.Equal(Precision.Float64, training.Precision);
        Assert.Equal("batch 64", training.BatchSpan.Text);
    }

    [Theory]
    [InlineData("float32", Precision.Float32)]
    [InlineData("float64", Precision.Float64)]
    [InlineData("bfloat16", Precision.BFloat16)]
    [InlineData("float16", Precision.Float16)]
    public void A_precision_has_PyTorchs_name(string name, Precision precision) => Assert.Equal(
        precision, Spec.Right(Spec.Of(train: $"loss mse; optimizer adam; precision {name}")).Training.Precision);

    [Theory]
    [InlineData("batch auto", true)]
    [InlineData("batch samples=auto", true)]
    [InlineData("batch 64", false)]
    public void A_batch_can_be_left_to_the_planner(string batch, bool isLeft) =>
        Assert.Equal(isLeft, Spec.Right(Spec.Of(train: $"loss mse; optimizer adam; {batch}")).Training.FindsBatch);

    [Theory]
    [InlineData("clip none", 0)]
    [InlineData("clip 2", 2)]
    public void Clipping_can_be_none(string clip, double norm) =>
        Assert.Equal(norm, Spec.Right(Spec.Of(train: $"{Spec.Train}; {clip}")).Training.ClipNorm);

    [Theory]
    [InlineData("", true, null)]
    [InlineData("parallel auto", true, null)]
    [InlineData("parallel { data 4 }", false, 4L)]
    [InlineData("parallel { data }", false, 0L)]
    [InlineData("parallel { pipeline 2 }", false, null)]
    public void The_layout_is_asked_for(string parallel, bool isAuto, long? replicas)
    {
        var request = Spec.Right(Spec.Of(parallel: parallel)).Parallel;
        Assert.Equal((isAuto, replicas), (request.IsAuto, request.Data?.Degree));
    }

    [Fact]
    public void A_pipeline_is_asked_for_with_all_it_can_say()
    {
        var request = Spec.Right(Spec.Of(
            parallel: "parallel { pipeline 4 microbatches=8 schedule=zero_bubble at=[fc1, \"2.1\", fc3] }")).Parallel.Pipeline!;
        Assert.Equal((4L, 8L, ScheduleKind.ZeroBubble, 1L), (request.Degree, request.MicroBatches, request.Schedule, request.Chunks));
        Assert.Equal(["fc1", "2.1", "fc3"], request.Cuts);
        Assert.Equal("pipeline 4 microbatches=8 schedule=zero_bubble at=[fc1, \"2.1\", fc3]", request.Span.Text.TrimEnd());
    }

    [Theory]
    [InlineData("recompute", true, 0)]
    [InlineData("recompute all", true, 0)]
    [InlineData("recompute every=3", false, 3)]
    public void Recomputation_is_asked_for(string statement, bool isAll, long every)
    {
        var request = Spec.Right(Spec.Of(parallel: $"parallel {{ data 2; {statement} }}")).Parallel.Recompute;
        Assert.Equal((isAll, every), (request.IsAll, request.Every));
    }

    [Fact]
    public void Replicas_say_what_they_share_and_when_they_are_compared()
    {
        var request = Spec.Right(Spec.Of(
            parallel: "parallel { data 2 bucket=1 MiB; shard gradients; check_replicas every=20 steps }")).Parallel;
        Assert.Equal((1L << 20, ShardLevel.Gradients), (request.Data!.BucketBytes, request.Data.Shard));
        Assert.Equal("20 steps", request.CheckReplicasEvery);
    }

    [Theory]
    [InlineData("", "", 3, "")]
    [InlineData("checkpoint", "", 3, "")]
    [InlineData("checkpoint every=500", "500 steps", 3, "")]
    [InlineData("checkpoint every=1 epoch keep=5", "1 epochs", 5, "")]
    [InlineData("checkpoint every=0.5 h keep=1 best=loss", "0.5 h", 1, "loss")]
    [InlineData("metric mean_absolute_error; checkpoint every=10 min best=mean_absolute_error", "10 min", 3, "mean_absolute_error")]
    [InlineData("checkpoint every=30 s", "30 s", 3, "")]
    public void A_checkpoint_says_when_and_what_stays(string statement, string every, int keep, string best)
    {
        var text = Spec.Of(train: $"loss mse; optimizer adam; {statement}").Replace("target [5]", "target [5]; validation 10%", StringComparison.Ordinal);
        Assert.Equal(new CheckpointRequest(every, keep, best), Spec.Right(text).Training.Checkpoint);
    }

    [Theory]
    [InlineData("let w = (2 * 4)", 8)]
    [InlineData("let w = (16 / 2)", 8)]
    [InlineData("let a = 3\nlet w = (a * a - 1)", 8)]
    [InlineData("let w = (17 % 9)", 8)]
    [InlineData("let w = (4 / 0.5)", 8)]
    public void Integers_stay_integers_when_exact(string top, long width)
    {
        var program = Spec.Right(Spec.Of(top: top, model: "linear w; linear 5"));
        Assert.Equal(Shape.Of(width), program.Model.Layers[0].Output);
    }

    [Fact]
    public void Layers_are_named_as_in_PyTorchs_Sequential()
    {
        var model = "first: linear 10; relu; repeat 2 { residual { linear 10; relu }; inner: linear 10 }; linear 5";
        var layers = Spec.Right(Spec.Of(model: model)).Model.Layers;
        Assert.Equal(
            ["first", "1", "2.0.0.0", "2.0.0.1", "2.0.0", "2.0.inner", "2.1.0.0", "2.1.0.1", "2.1.0", "2.1.inner", "3"],
            layers.Select(layer => layer.Name));
        Assert.Equal("2.1.0.0.weight", layers[6].Parameters[0].Name);
        Assert.Equal("add", layers[4].Kind);
        Assert.Equal([1, 3], layers[4].Inputs);
        Assert.Equal([4], layers[5].Inputs);
    }

    [Fact]
    public void A_residual_may_take_the_sample_itself() =>
        Assert.Equal(
            [CheckedLayer.ModelInput, 0],
            Spec.Right(Spec.Of(model: "residual { relu }; linear 5")).Model.Layers[1].Inputs);

    [Fact]
    public void All_mistakes_of_a_file_come_in_one_run_and_in_source_order()
    {
        var text = Spec.Of(
            top: "let width = (1 / 0)",
            data: "source synthetic 320; inputs [5]; target [5]",
            model: "linear width; lineer 3; linear 5 bais=true",
            train: "loss msee; optimizer adam; batch 0; bach 5",
            parallel: "parallel { dta 4 }");
        Assert.Equal(
            ["PD2006", "PD2010", "PD2010", "PD2012", "PD2011", "PD2018", "PD2010", "PD2010"],
            Spec.Check(text, null).Diagnostics.Select(diagnostic => diagnostic.Code));
    }

    [Fact]
    public void A_layer_with_a_mistake_stops_shapes_without_inventing_more() =>
        Assert.Equal("PD2018", Spec.Only(Spec.Check(Spec.Of(model: "linear 0; conv2d 4; linear 2"))).Code);

    [Theory]
    [InlineData("linear broken; conv2d 3", "")]
    [InlineData("linear 5", "batch broken")]
    [InlineData("linear 5", "epochs broken; schedule cosine warmup=5000")]
    public void A_value_with_a_mistake_is_told_once_and_not_at_its_uses(string model, string train)
    {
        var text = Spec.Of(
            top: "let broken = (1 / 0)",
            data: "source synthetic 10; input [10]; target [5]",
            model: model,
            train: $"loss mse; optimizer adam; {(train.Contains("batch", StringComparison.Ordinal) ? train : $"batch 5; {train}")}");
        Assert.Equal("PD2006", Spec.Only(Spec.Check(text)).Code);
    }

    [Fact]
    public void The_default_batch_may_be_too_large()
    {
        var found = Spec.Only(Spec.Check(Spec.Of(data: "source synthetic 10; input [10]; target [5]", train: "loss mse; optimizer adam")));
        Assert.Equal(("PD3008", "the default batch is 32", "train"), (found.Code, found.Label, found.Span.Text.Trim()));
    }

    [Fact]
    public void A_repeated_mistake_is_told_once() =>
        Assert.Equal("PD2018", Spec.Only(Spec.Check(Spec.Of(model: "repeat 5 { linear 0 }"))).Code);

    [Fact]
    public void A_let_may_stand_below_its_use() =>
        Spec.Right(Spec.Of(model: "linear width", parallel: "let width = 5"));
}
