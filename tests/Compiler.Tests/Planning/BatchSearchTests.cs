using ParDsl.Compiler.Checked;
using ParDsl.Compiler.Hardware;
using ParDsl.Compiler.Hardware.Performance;
using ParDsl.Compiler.Planning;
using ParDsl.Compiler.Planning.Search;
using ParDsl.Compiler.Plans;
using ParDsl.Compiler.Printing;
using ParDsl.Compiler.Tests.Costs;
using Xunit;

namespace ParDsl.Compiler.Tests.Planning;

/// <summary><c>batch auto</c>: the largest batch that devices hold, by powers of two.</summary>
public sealed class BatchSearchTests
{
    private static readonly HardwarePerformance Fast = Speeds.Of(
        RateCurve.Saturating(50e12, 1e8), new LinkPerformance(50e9, 5e-6), call: 5e-6, memory: RateCurve.Flat(1e12));

    [Theory]
    [InlineData("data 1", "", 1)]
    [InlineData("data 4", "", 4)]
    [InlineData("data 2; shard parameters; recompute all", "", 2)]
    [InlineData("pipeline 2", "", 2)]
    [InlineData("data 2; pipeline 2 microbatches=3; tensor 2", "accumulate 5", 30)]
    public void The_batch_is_the_parts_of_the_layout_doubled_as_long_as_it_fits(string layout, string more, int parts)
    {
        var program = Gpt(layout, more);
        var hardware = Programs.Gpus(8, 256L << 20);
        var plan = Programs.Plan(program, hardware);
        var (batch, memory) = (plan.Batch.GlobalBatch, hardware.Gpus[0].MemoryBytes);
        Assert.True(batch % parts == 0 && int.IsPow2(batch / parts), $"{batch} of {parts}");
        Assert.InRange(Needed(plan), 1, (long)(0.9 * memory));
        Assert.True(Needed(WithBatch(program, 2 * batch)) > 0.9 * memory);
        Assert.StartsWith($"`batch auto` takes {batch}: {2 * batch} would need ", plan.Notes[0], StringComparison.Ordinal);
        Assert.EndsWith($"`batch {batch}` in `train` keeps it", plan.Notes[0], StringComparison.Ordinal);
    }

    [Fact]
    public void The_plan_is_that_of_the_number_but_for_its_note()
    {
        var program = Gpt("data 2");
        var plan = Programs.Plan(program, Programs.Gpus(2, 256L << 20));
        var written = Programs.Plan(WithNumber(program, plan.Batch.GlobalBatch), Programs.Gpus(2, 256L << 20));
        Assert.Equal(PlanPrinter.Print(written), PlanPrinter.Print(plan with { Notes = plan.Notes.RemoveAt(0) }));
        Assert.False(plan.Program.Training.FindsBatch);
    }

    [Fact]
    public void It_stays_below_the_training_samples()
    {
        var plan = Programs.Plan(Gpt("data 2", samples: 1000), Programs.Gpus(2));
        Assert.Equal(512, plan.Batch.GlobalBatch);
        Assert.Contains("1024 would be more than the 1000 training samples", plan.Notes[0]);
    }

    /// <summary>The same words as for a number: it is the layout that is to be mended.</summary>
    [Fact]
    public void A_model_that_does_not_fit_with_one_sample_is_refused_as_with_a_number()
    {
        var narrow = Programs.Gpus(2, 8L << 20);
        var refusal = Programs.Refusal(Gpt("data 2"), narrow);
        Assert.Equal("PD4008", refusal.Code);
        Assert.Equal(Programs.Refusal(WithNumber(Gpt("data 2"), 2), narrow).Message, refusal.Message);
    }

    [Fact]
    public void Fewer_samples_than_parts_are_refused() => Assert.Equal(
        "`batch auto` needs a sample for each of 8 micro-batches x 4 data ranks = 32 parts of a batch, and there are 20 training samples",
        Programs.Refusal(Gpt("data 4; pipeline 2 microbatches=8", samples: 20), Programs.Gpus(8)).Message);

    [Fact]
    public void Unknown_memory_is_refused() =>
        Assert.Equal("PD4043", Programs.Refusal(Gpt("data 2"), Programs.Laptop with { MemoryBytes = 0 }).Code);

    [Fact]
    public void An_unknown_number_of_samples_is_refused()
    {
        var program = Gpt("data 2");
        var uncounted = program with { Data = program.Data with { Description = program.Data.Description with { TrainingCount = null } } };
        Assert.Equal("PD4043", Programs.Refusal(uncounted, Programs.Laptop).Code);
    }

    [Fact]
    public void A_warm_up_beyond_the_run_is_told_once_the_run_is_known()
    {
        var program = Gpt("data 2", "schedule cosine warmup=100 steps", samples: 1000);
        var result = Planner.Plan(program, Programs.Gpus(2), DeviceRequest.Unstated);
        Assert.NotNull(result.Value);
        Assert.Equal("PD3010", Assert.Single(result.Diagnostics).Code);
    }

    [Fact]
    public void Without_a_layout_all_gpus_are_replicas() =>
        Assert.Equal("data 6", Programs.Plan(Gpt(""), Programs.Gpus(6, 256L << 20)).Strategy);

    /// <summary>The batch is that of replicas; the layout is the fastest for that batch.</summary>
    [Fact]
    public void With_parallel_auto_the_batch_comes_first_and_the_layout_after_it()
    {
        var hardware = Programs.Gpus(4, 256L << 20) with { Performance = Fast };
        var plan = Programs.Plan(Gpt(""), hardware);
        var replicas = Programs.Plan(Gpt("data 4"), hardware);
        var fastest = Programs.Plan(WithNumber(Gpt(""), replicas.Batch.GlobalBatch), hardware);
        Assert.Equal(replicas.Batch.GlobalBatch, plan.Batch.GlobalBatch);
        Assert.Equal(fastest.Strategy, plan.Strategy);
        Assert.Equal(fastest.Candidates, plan.Candidates);
    }

    [Fact]
    public void With_parallel_auto_a_model_that_no_replica_holds_takes_the_smallest_change_that_does()
    {
        var alone = Needed(WithBatch(Gpt("data 1"), 1));
        var hardware = Programs.Gpus(4, alone * 9 / 10) with { Performance = Fast };
        var plan = Programs.Plan(Gpt(""), hardware);
        Assert.InRange(Needed(plan), 1, alone * 9 / 10);
        Assert.Contains("shard", plan.Notes[0], StringComparison.Ordinal);
    }

    /// <summary>Four samples are one for each device, and ranks that do each layer together need no sample of their own.</summary>
    [Fact]
    public void With_parallel_auto_fewer_samples_than_devices_are_tried_before_a_model_is_refused()
    {
        var room = Least(4) - 1;
        Assert.InRange(Least(1), 1, room);
        var plan = Programs.Plan(Gpt(""), Programs.Gpus(4, room) with { Performance = Fast });
        Assert.InRange(plan.Batch.GlobalBatch, 1, 3);
        Assert.InRange(Needed(plan), 1, room);
        Assert.StartsWith($"`batch auto` takes {plan.Batch.GlobalBatch}: ", plan.Notes[0], StringComparison.Ordinal);
    }

    /// <summary>What the layout of four GPUs that needs least holds, with that batch.</summary>
    private static long Least(long batch)
    {
        var program = WithNumber(Gpt(""), batch);
        return new LayoutOptions(program, 4, 4).All.Min(option => Searches.Needed(program, option, Programs.Gpus(4)));
    }

    private static CheckedProgram Gpt(string layout, string more = "", long samples = 100_000) =>
        Gpts.Of(layout, blocks: 2, features: 128, heads: 8, batch: "auto", more, samples);

    private static CheckedProgram WithNumber(CheckedProgram program, long batch) =>
        program with { Training = program.Training with { GlobalBatch = batch } };

    private static ExecutionPlan WithBatch(CheckedProgram program, long batch) =>
        Programs.Plan(WithNumber(program, batch), Programs.Gpus(8));

    private static long Needed(ExecutionPlan plan) => plan.Ranks.Max(rank => rank.Memory.TotalBytes);
}
