using ParDsl.Compiler.Checked;
using ParDsl.Compiler.Planning;
using ParDsl.Compiler.Plans;
using Xunit;
using static ParDsl.Compiler.Tests.Planning.Programs;

namespace ParDsl.Compiler.Tests.Planning;

public sealed class PlannerTests
{
    [Fact]
    public void A_batch_is_cut_into_micro_batches_and_then_over_data_ranks() =>
        Assert.Equal(4, Plan(Small(degree: 4, batch: 32, accumulate: 2), Laptop).Batch.RankMicroBatch);

    [Theory]
    [InlineData(30, 1, 4, "30 = 4 x 7 + 2", "write `batch 28` or `batch 32`")]
    [InlineData(36, 2, 4, "2 micro-batches x 4 data ranks = 8 parts: 36 = 8 x 4 + 4", "write `batch 32` or `batch 40`")]
    [InlineData(3, 1, 4, "3 = 4 x 0 + 3", "write `batch 4`")]
    [InlineData(32, 5, 1, "5 micro-batches x 1 data rank = 5 parts", "write `batch 30` or `batch 35`")]
    public void A_batch_that_does_not_divide_is_refused_with_the_arithmetic(
        long batch,
        long accumulate,
        long degree,
        string arithmetic,
        string help)
    {
        var refusal = Refusal(Small(degree, batch, accumulate), Laptop);
        Assert.Equal("PD4005", refusal.Code);
        Assert.Contains(arithmetic, refusal.Message);
        Assert.Equal(help, refusal.Help);
    }

    [Fact]
    public void Parameters_lie_in_reverse_layer_order_in_one_bucket()
    {
        var bucket = Assert.Single(Plan(Small(degree: 2), Laptop).Ranks[1].Buckets);
        Assert.Equal(
            ["3.weight 0", "3.bias 32", "1.weight 36", "1.bias 44", "0.weight 52", "0.bias 100"],
            bucket.Parameters.Select(placed => $"{placed.Parameter.Name} {placed.ElementOffset}"));
        Assert.Equal(108, bucket.ElementCount);
    }

    [Fact]
    public void A_bucket_holds_25_MiB_and_no_layer_is_cut()
    {
        var plan = Plan(Of([("linear", 1000L), ("linear", 5000L), ("linear", 2000L), ("linear", 10L)], batch: 2), Laptop);
        Assert.Equal(
            [["3.weight", "3.bias"], ["2.weight", "2.bias"], ["1.weight", "1.bias", "0.weight", "0.bias"]],
            plan.Ranks[0].Buckets.Select(bucket => bucket.Parameters.Select(placed => placed.Parameter.Name).ToArray()));
        Assert.Equal([0L, 20_010L, 10_022_010L], plan.Ranks[0].Buckets.Select(bucket => bucket.ElementOffset));
    }

    [Fact]
    public void A_data_rank_reduces_its_buckets_and_metrics_and_then_steps()
    {
        var update = Plan(Small(degree: 2), Laptop).Ranks[1].Update;
        Assert.Equal(
            [
                new PlanAction.Load(0),
                new PlanAction.ReduceGradients(0, CollectiveKind.AllReduce, 0, 108 * 4),
                new PlanAction.AllReduceMetrics(0, 24),
                new PlanAction.Step(),
            ],
            update.Where(action => action is not (PlanAction.Forward or PlanAction.Backward)));
    }

    [Fact]
    public void Batch_norm_joins_its_statistics_over_the_data_ranks()
    {
        var update = Plan(Small(degree: 2), Laptop).Ranks[0].Update;
        Assert.Equal([new LayerCollective(1, CollectiveKind.AllGather, 0, 17, 68)], Assert.IsType<PlanAction.Forward>(update[1]).Collectives);
        Assert.Equal([new LayerCollective(1, CollectiveKind.AllReduce, 0, 16, 64)], Assert.IsType<PlanAction.Backward>(update[2]).Collectives);
    }

    [Fact]
    public void A_single_device_moves_nothing()
    {
        var rank = Assert.Single(Plan(Small(degree: 1, accumulate: 2), Laptop).Ranks);
        Assert.Equal(
            ["Load", "Forward", "Backward", "Load", "Forward", "Backward", "Step"],
            rank.Update.Select(action => action.GetType().Name));
        Assert.All(rank.Update.OfType<PlanAction.Forward>(), forward => Assert.Empty(forward.Collectives));
        Assert.Equal(["Load", "Forward", "Measure", "Load", "Forward", "Measure"], rank.Evaluate.Select(action => action.GetType().Name));
    }

    [Fact]
    public void Clipping_comes_after_the_reductions_and_before_the_step()
    {
        var program = Small(degree: 2);
        var plan = Plan(program with { Training = program.Training with { ClipNorm = 1.5 } }, Laptop);
        Assert.Equal([new PlanAction.Clip(1.5, null, 0), new PlanAction.Step()], plan.Ranks[0].Update[^2..]);
        Assert.Empty(PlanChecker.Check(plan));
    }

    [Fact]
    public void Memory_counts_parameters_gradients_two_adam_states_buffers_and_what_autograd_keeps()
    {
        var rank = Plan(Small(degree: 2), Laptop).Ranks[0];
        // What comes in, what batch_norm is given and what relu gives, each once; and the gradients of relu's output and input.
        Assert.Equal(
            new MemoryEstimate(432, 432, 864, (2 * 8 * 4) + 8, 0, (6 + 8 + 8 + 8 + 8) * 16 * 4)
            {
                BatchBytes = 4 * 16 * 4, // the targets of the batch in use: it is small, and made when it is needed
                WorkspaceBytes = rank.Device.OwnBytes, // so few features are not packed
            },
            rank.Memory);
    }

    [Fact]
    public void A_float64_plan_moves_and_holds_twice_the_bytes()
    {
        var program = Small(degree: 2);
        var plan = Plan(program with { Training = program.Training with { Precision = Precision.Float64 } }, Laptop);
        Assert.Equal(864, plan.Ranks[0].Memory.ParameterBytes);
        Assert.Contains(new PlanAction.ReduceGradients(0, CollectiveKind.AllReduce, 0, 864), plan.Ranks[0].Update);
    }

    [Fact]
    public void A_model_beyond_the_devices_memory_is_refused()
    {
        var refusal = Refusal(Of([("linear", 1_000_000L), ("linear", 1_000_000L)]), Gpus(2));
        Assert.Equal("PD4008", refusal.Code);
        Assert.Contains("and GPU 0 has 16 GiB", refusal.Message);
    }

    [Fact]
    public void The_smallest_change_that_fits_is_what_is_advised()
    {
        var wide = Of([("linear", 256L), ("linear", 200L), ("linear", 4L)], batch: 4).With(Replicas(4));
        var gpus = Gpus(4, memoryBytes: 800 << 10);
        var refusal = Refusal(wide, gpus);
        Assert.Equal("PD4008", refusal.Code);
        Assert.Contains("the heaviest layers are `1` (linear, 804.", refusal.Message);
        var needed = Plan(wide.With(Replicas(4, ShardLevel.Optimizer)), gpus).Ranks.Max(rank => rank.Memory.TotalBytes);
        Assert.Equal($"write `shard optimizer`: then a rank needs {ByteText.Of(needed)}", refusal.Help);
    }

    /// <summary>Weights, gradients and states of 804.0 KiB each are shared by four; 200 outputs of one sample are kept.</summary>
    [Fact]
    public void Of_a_layer_that_replicas_shard_counts_what_a_rank_has()
    {
        var wide = Of([("linear", 256L), ("linear", 200L), ("linear", 4L)], batch: 4).With(Replicas(4, ShardLevel.Parameters));
        var message = Refusal(wide, Gpus(4, memoryBytes: 100 << 10)).Message;
        Assert.Contains("the heaviest layers are `1` (linear, 201.8 KiB)", message);
    }

    /// <summary>Neither of the two alone is enough.</summary>
    [Fact]
    public void What_is_computed_again_in_smaller_micro_batches_is_advised_last()
    {
        var program = Gpts.Of("data 1", blocks: 8, features: 64, heads: 4, batch: "32");
        var gpu = Gpus(1, memoryBytes: 1 << 30);
        var both = Needed("data 1; recompute all", "accumulate 32");
        Assert.True(both < Math.Min(Needed("data 1; recompute all", ""), Needed("data 1", "accumulate 32")));
        var refusal = Refusal(program, Gpus(1, memoryBytes: both));
        Assert.Equal($"write `recompute all` and `accumulate 32` in `train`: then a rank needs {ByteText.Of(both)}", refusal.Help);

        long Needed(string layout, string more) =>
            Plan(Gpts.Of(layout, blocks: 8, features: 64, heads: 4, batch: "32", more), gpu).Ranks.Max(rank => rank.Memory.TotalBytes);
    }

    /// <summary>linear 64 is the widest place to cut at, linear 2 the narrowest.</summary>
    [Fact]
    public void A_run_that_is_computed_again_ends_where_the_fewest_numbers_go_over()
    {
        var program = Of([("linear", 64L), ("relu", null), ("linear", 2L), ("linear", 64L), ("relu", null), ("linear", 4L)]).With(Replicas(2, ShardLevel.Parameters));
        var recomputed = program with { Parallel = program.Parallel with { Recompute = new RecomputeRequest(false, 4) } };
        var rank = Plan(recomputed, Gpus(2)).Ranks[0];
        Assert.Equal([(0, 3), (3, 3)], rank.Segments.Select(segment => (segment.FirstLayer, segment.LayerCount)));
        Assert.Equal([[1], [0]], rank.Segments.Select(segment => segment.Buckets.ToArray()));
    }

    [Fact]
    public void Activations_count_too()
    {
        var refusal = Refusal(Of([("linear", 8L), ("relu", null), ("linear", 4L)], batch: 1 << 16), Gpus(1, 1 << 20));
        Assert.Contains("what is kept for backward", refusal.Message);
        Assert.StartsWith("write `accumulate ", refusal.Help);
    }

    [Fact]
    public void The_rank_whose_stage_is_beyond_its_devices_memory_is_named()
    {
        var uneven = Of([("linear", 10L), ("linear", 1_000_000L), ("linear", 1_000_000L)]);
        var stages = new PipelineRequest(2, 2, ScheduleKind.Gpipe, Chunks: 1, Cuts: ["2"], uneven.Parallel.Span);
        var refusal = Refusal(uneven with { Parallel = uneven.Parallel with { Pipeline = stages } }, Gpus(2));
        Assert.Equal("PD4008", refusal.Code);
        Assert.StartsWith("rank 1 needs", refusal.Message);
    }

    [Fact]
    public void A_model_beyond_64_bits_is_refused() =>
        Assert.Equal("PD4009", Refusal(Of([("linear", 1L << 30), ("linear", 1L << 31)]), Laptop).Code);

    [Fact]
    public void A_plan_for_64_gpus_is_made_anywhere() => Assert.Equal("data 64", Plan(Small(batch: 640), Gpus(64)).Strategy);
}
