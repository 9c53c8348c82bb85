using System.Globalization;
using ParDsl.Compiler.Checked;
using ParDsl.Compiler.Hardware;
using ParDsl.Compiler.Plans;
using ParDsl.Compiler.Tests.Costs;
using Xunit;

namespace ParDsl.Compiler.Tests.Planning;

/// <summary><c>batch auto</c> beside degrees that are left out: the batch is that of a mesh which holds one.</summary>
public sealed class OpenBatchTests
{
    [Theory]
    [InlineData("data{0}; pipeline{1}", 1)]
    [InlineData("data{0}; tensor{1}", 1)]
    [InlineData("data{0}; pipeline{1}; tensor{2}", 1)]
    [InlineData("data{0}; pipeline{1} microbatches=6 schedule=gpipe; recompute every=4", 6)]
    public void Where_replicas_do_not_fit_the_batch_is_that_of_the_mesh_with_most_of_them_which_does(string block, int microBatches)
    {
        var room = Least(Block(" 4", " 1", " 1"), 4 * microBatches) - 1;
        var plan = Programs.Plan(Wide(Block("", "", "")), Gpus(4, room));
        var written = Programs.Plan(Wide(Block(" 2", " 2", " 1")), Gpus(4, room));
        Assert.Equal(written.Notes[0], plan.Notes[0]);
        Assert.Equal(written.Batch.GlobalBatch, plan.Batch.GlobalBatch);
        Assert.InRange(Needed(plan), 1, room);

        string Block(params string[] degrees) => string.Format(CultureInfo.InvariantCulture, block, degrees);
    }

    /// <summary>A batch that replicas hold stays theirs, whatever mesh is faster with it.</summary>
    [Fact]
    public void Where_replicas_fit_the_batch_is_theirs()
    {
        var room = 2 * Least("data 4", 4);
        Assert.Equal(
            Programs.Plan(Wide("data 4"), Gpus(4, room)).Notes[0], Programs.Plan(Wide("data; pipeline"), Gpus(4, room)).Notes[0]);
    }

    [Theory]
    [InlineData("pipeline; tensor")]
    [InlineData("data 2; pipeline schedule=interleaved chunks=2; tensor")]
    public void More_stages_than_layers_are_not_the_only_way_to_cut(string layout)
    {
        var layers = Wide(layout).Model.Layers.Length;
        var plan = Programs.Plan(Wide(layout), Gpus(32, 1L << 30));
        Assert.InRange(plan.Program.Parallel.Pipeline!.Degree * plan.Program.Parallel.Pipeline.Chunks, 1, layers);
        Assert.Equal(32, plan.Ranks.Length);
    }

    [Fact]
    public void Gpus_that_written_degrees_do_not_divide_are_left_over_as_with_a_number()
    {
        var (found, number) = (Wide("pipeline; tensor; data 3"), Gpts.Of("pipeline; tensor; data 3", 2, 512, 8, batch: "24"));
        Assert.Equal(6, Programs.Plan(number, Gpus(8, 1L << 30)).Ranks.Length);
        Assert.Equal(6, Programs.Plan(found, Gpus(8, 1L << 30)).Ranks.Length);
    }

    [Fact]
    public void Fewer_samples_than_replicas_leave_other_meshes()
    {
        var plan = Programs.Plan(Gpts.Of("data; tensor", 2, 512, 8, batch: "auto", samples: 5), Gpus(8, 1L << 30));
        Assert.Equal(4, plan.Batch.GlobalBatch);
    }

    /// <summary>Where they must be used, ranks that do each layer together take those that replicas leave.</summary>
    [Fact]
    public void Fewer_samples_than_devices_leave_other_layouts_where_none_is_written()
    {
        var plan = Programs.Plan(Gpts.Of("", 2, 512, 8, batch: "auto", samples: 5), Gpus(8, 1L << 30), Programs.Ask(8));
        Assert.Equal((4, 8), (plan.Batch.GlobalBatch, plan.Ranks.Length));
    }

    /// <summary>The same words as where nothing is left out: it is the block that is to be mended.</summary>
    [Theory]
    [InlineData("data; pipeline", "PD4008", 4)]
    [InlineData("pipeline; tensor sequence=true; data 5", "PD4011", 4)]
    [InlineData("pipeline at=[\"1\"]; data 1; tensor", "PD4011", 3)]
    public void What_no_mesh_does_is_told_of_the_first(string layout, string code, int gpus) =>
        Assert.Equal(code, Programs.Refusal(Wide(layout), Gpus(gpus, 1 << 20)).Code);

    [Fact]
    public void Unknown_memory_is_refused() => Assert.Equal(
        "PD4043",
        Programs.Refusal(Wide("data; pipeline"), Programs.Laptop with { MemoryBytes = 0, Performance = Searches.Workstation }).Code);

    /// <summary>What a rank holds with one sample for each part of the batch.</summary>
    private static long Least(string layout, int parts) => Needed(Programs.Plan(Wide(layout).WithBatch(parts), Programs.Gpus(4)));

    private static long Needed(ExecutionPlan plan) => plan.Ranks.Max(rank => rank.Memory.TotalBytes);

    /// <summary>Parameters weigh more than a sample's activations, so that fewer of them leave room for samples.</summary>
    private static CheckedProgram Wide(string layout) => Gpts.Of(layout, blocks: 2, features: 512, heads: 8, batch: "auto");

    private static HardwareDescription Gpus(int count, long memory) =>
        Programs.Gpus(count, memory) with { Performance = Searches.Workstation };
}
