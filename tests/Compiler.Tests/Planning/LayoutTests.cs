using System.Collections.Immutable;
using ParDsl.Compiler.Checked;
using ParDsl.Compiler.Plans;
using Xunit;
using static ParDsl.Compiler.Tests.Planning.Programs;

namespace ParDsl.Compiler.Tests.Planning;

/// <summary>How a layout's numbers become ranks: degrees, groups, stages, segments, buckets and memory.</summary>
public sealed class LayoutTests
{
    /// <summary>Six layers, of which four have parameters: 56, 72, 72 and 36.</summary>
    private static readonly CheckedProgram Six =
        Of([("linear", 8L), ("linear", 8L), ("relu", null), ("linear", 8L), ("relu", null), ("linear", 4L)]);

    [Theory]
    [InlineData(0, 2, 8, "data 4, pipeline 2")]
    [InlineData(2, 0, 8, "data 2, pipeline 4")]
    [InlineData(0, 2, 2, "pipeline 2")]
    [InlineData(4, 2, 8, "data 4, pipeline 2")]
    public void A_degree_left_out_takes_what_is_left(long data, long pipeline, int devices, string strategy) =>
        Assert.Equal(strategy, Plan(Six.With(Replicas(data), Stages(pipeline)), Laptop, Ask(devices)).Strategy);

    [Fact]
    public void A_pipeline_of_no_degree_has_the_stages_that_its_cuts_make() => Assert.Equal(
        "pipeline 3", Plan(Six.With(null, Stages(0, microBatches: 4) with { Cuts = ["1", "3"] }), Laptop).Strategy);

    [Fact]
    public void Devices_that_the_degrees_do_not_divide_are_refused() =>
        Assert.Contains("7 = 2 x 3 + 1", Refusal(Six.With(Replicas(0), Stages(2)), Laptop, Ask(7)).Message);

    [Fact]
    public void A_mesh_has_a_group_for_each_line_and_one_of_all_ranks() => Assert.Equal(
        ["data at pipeline 0: 0 2", "data at pipeline 1: 1 3", "pipeline at data 0: 0 1", "pipeline at data 1: 2 3", "world: 0 1 2 3"],
        Mesh().Groups.Select(group => $"{group.Name}: {string.Join(' ', group.Ranks)}"));

    [Fact]
    public void One_axis_is_the_world_itself() =>
        Assert.Equal(["pipeline: 0 1"], Plan(Six.With(null, Stages(2)), Laptop).Groups.Select(group => $"{group.Name}: {string.Join(' ', group.Ranks)}"));

    [Fact]
    public void Stages_are_cut_where_the_program_says()
    {
        var plan = Plan(Six.With(null, Stages(3, microBatches: 4) with { Cuts = ["1", "5"] }), Laptop);
        Assert.Equal(["0+1", "1+4", "5+1"], plan.Ranks.SelectMany(rank => rank.Segments).Select(Run));
        Assert.Equal([[CheckedLayer.ModelInput], [0], [4]], plan.Ranks.Select(rank => rank.Segments[0].Inputs.ToArray()));
        Assert.Equal([[0], [4], []], plan.Ranks.Select(rank => rank.Segments[0].Outputs.ToArray()));
    }

    [Fact]
    public void Interleaved_ranks_hold_every_other_stage()
    {
        var plan = Plan(Six.With(null, Stages(2, 4, ScheduleKind.Interleaved, chunks: 2)), Laptop);
        Assert.Equal([[0, 2], [1, 3]], plan.Ranks.Select(rank => rank.Segments.Select(segment => segment.Stage).ToArray()));
    }

    [Fact]
    public void A_segment_starts_where_a_bucket_does()
    {
        var plan = Plan(Six.With(Replicas(2, bucketBytes: 1)), Laptop);
        Assert.Equal(["0+1", "1+2", "3+2", "5+1"], plan.Ranks[0].Segments.Select(Run));
        Assert.Equal(["3", "2", "1", "0"], plan.Ranks[0].Segments.Select(segment => string.Join(' ', segment.Buckets)));
    }

    [Theory]
    [InlineData(0, "0+2 2+2 4+2")]
    [InlineData(4, "0+4 4+2")]
    [InlineData(99, "0+6")]
    public void Recomputed_runs_are_as_long_as_asked_or_as_the_root_of_the_layers(long every, string segments)
    {
        var program = Six with { Parallel = Six.Parallel with { Recompute = new RecomputeRequest(every == 0, every) } };
        var rank = Assert.Single(Plan(program, Laptop).Ranks);
        Assert.Equal(segments, string.Join(' ', rank.Segments.Select(Run)));
        Assert.All(rank.Segments, segment => Assert.True(segment.IsRecomputed));
    }

    [Fact]
    public void Sharded_buckets_are_padded_until_all_parts_are_equal()
    {
        var buckets = Plan(Six.With(Replicas(16, ShardLevel.Optimizer, bucketBytes: 1)), Laptop).Ranks[0].Buckets;
        Assert.Equal([48L, 80L, 80L, 64L], buckets.Select(bucket => bucket.ElementCount));
        Assert.Equal([0L, 48L, 128L, 208L], buckets.Select(bucket => bucket.ElementOffset));
    }

    [Fact]
    public void Each_level_of_sharding_lowers_what_a_rank_holds()
    {
        var memory = Enum.GetValues<ShardLevel>().Select(level => Plan(Six.With(Replicas(4, level)), Laptop).Ranks[0].Memory).ToArray();
        Assert.Equal([1888L, 472, 472, 472], memory.Select(level => level.OptimizerBytes));
        Assert.Equal([944L, 944, 236, 236], memory.Select(level => level.GradientBytes));
        Assert.Equal(3, memory.Select(level => level.ParameterBytes).TakeWhile(bytes => bytes == 944).Count());
        Assert.InRange(memory[3].ParameterBytes, 236, 250);
    }

    [Fact]
    public void One_forward_one_backward_holds_fewer_activations_than_gpipe()
    {
        var held = new[] { ScheduleKind.Gpipe, ScheduleKind.OneForwardOneBackward }
            .Select(schedule => Plan(Six.With(null, Stages(2, 8, schedule)), Laptop).Ranks.Select(rank => rank.Memory.ActivationBytes).ToArray())
            .ToArray();
        // 8 micro-batches against 2 and 1, and the gradients that the backward pass through one has.
        Assert.InRange((double)held[0][0] / held[1][0], 2.5, 4);
        Assert.InRange((double)held[0][1] / held[1][1], 4, 8);
    }

    [Fact]
    public void Recomputation_holds_fewer_activations()
    {
        var deep = Of([.. Enumerable.Repeat(("linear", (long?)64), 36)]);
        var program = deep with { Parallel = deep.Parallel with { Recompute = new RecomputeRequest(true, 0) } };
        Assert.True(2 * Plan(program, Laptop).Ranks[0].Memory.ActivationBytes < Plan(deep, Laptop).Ranks[0].Memory.ActivationBytes);
    }

    private static ExecutionPlan Mesh() => Plan(Six.With(Replicas(2), Stages(2)), Laptop);

    private static string Run(SegmentPlan segment) => $"{segment.FirstLayer}+{segment.LayerCount}";
}
