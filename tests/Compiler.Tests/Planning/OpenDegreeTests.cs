using ParDsl.Compiler.Checked;
using ParDsl.Compiler.Hardware;
using ParDsl.Compiler.Hardware.Performance;
using ParDsl.Compiler.Planning;
using ParDsl.Compiler.Planning.Search;
using ParDsl.Compiler.Plans;
using ParDsl.Compiler.Tests.Costs;
using Xunit;

namespace ParDsl.Compiler.Tests.Planning;

/// <summary>Degrees that a block leaves out: they, and only they, are found.</summary>
public sealed class OpenDegreeTests
{
    private static readonly HardwarePerformance Workstation = Speeds.Of(
        RateCurve.Saturating(50e12, 1e8), new LinkPerformance(50e9, 5e-6), call: 5e-6, memory: RateCurve.Flat(1e12));

    [Theory]
    [InlineData(6, 32, "data 4", "4 of 6 GPUs: the most that share batch 32 evenly")]
    [InlineData(7, 7, "data 7", null)]
    [InlineData(8, 7, "data 7", "7 of 8 GPUs: the most that share batch 7 evenly")]
    public void Data_alone_takes_the_most_gpus_that_share_the_batch_evenly(int gpus, int batch, string strategy, string? note)
    {
        var plan = Programs.Plan(Programs.Small(batch: batch), Programs.Gpus(gpus));
        Assert.Equal(strategy, plan.Strategy);
        Assert.Equal(note is null ? [] : [note], plan.Notes);
    }

    [Fact]
    public void All_gpus_that_are_asked_for_must_share_it() =>
        Assert.Equal("PD4005", Programs.Refusal(Programs.Small(batch: 32), Programs.Gpus(6), Programs.Ask(6)).Code);

    [Theory]
    [InlineData("data; pipeline")]
    [InlineData("data; tensor; pipeline 2 microbatches=4")]
    [InlineData("data; pipeline microbatches=8 schedule=gpipe; tensor; recompute every=4")]
    [InlineData("data; tensor sequence=true; shard optimizer")]
    public void The_fastest_of_the_meshes_is_taken_and_all_else_is_as_written(string layout)
    {
        var program = Gpt(layout);
        var hardware = Speeds.Gpus(8, Workstation);
        var plan = Programs.Plan(program, hardware);
        var written = new OpenDegrees(program, 8, 8).All
            .Select(option => Programs.Plan(program with { Parallel = option.Request(program.Parallel) }, hardware))
            .MinBy(other => other.Prediction!.Seconds)!;
        Assert.Equal(written.Strategy, plan.Strategy);
        Assert.Equal(written.Prediction!.Seconds, plan.Prediction!.Seconds, 12);
        Assert.InRange(plan.Candidates.Count(candidate => candidate.Rejection.Length == 0), 2, 8);
        var (asked, found) = (program.Parallel, plan.Program.Parallel);
        Assert.Equal(asked.Recompute, found.Recompute);
        Assert.Equal(asked.Data! with { Degree = 0 }, found.Data! with { Degree = 0 });
        Assert.Equal(asked.Tensor is { } tensor ? tensor with { Degree = 0 } : null, found.Tensor is { } own ? own with { Degree = 0 } : null);
        Assert.Equal((asked.Pipeline?.Schedule, asked.Pipeline?.Chunks), (found.Pipeline?.Schedule, found.Pipeline?.Chunks));
    }

    [Fact]
    public void Meshes_that_cannot_be_say_why()
    {
        var plan = Programs.Plan(Gpt("data; tensor"), Speeds.Gpus(16, Workstation));
        Assert.Contains(plan.Candidates, candidate => candidate.Layout == "tensor 16" && candidate.Rejection.Contains("heads", StringComparison.Ordinal));
    }

    [Fact]
    public void Several_degrees_are_not_guessed_where_nothing_is_known_of_the_speed()
    {
        var refusal = Programs.Refusal(Gpt("data; pipeline"), Programs.Gpus(4));
        Assert.Equal("PD4010", refusal.Code);
        Assert.Contains("--calibrate", refusal.Help);
    }

    [Fact]
    public void Where_one_device_is_left_there_is_nothing_to_guess() =>
        Assert.Equal("single device", Programs.Plan(Gpt("data; pipeline; tensor"), Programs.Laptop).Strategy);

    /// <summary>The mistakes of a block are told of the block, however many degrees it leaves out.</summary>
    [Theory]
    [InlineData("data; pipeline 16", "PD4011")]
    [InlineData("data; tensor; pipeline 16", "PD4011")]
    [InlineData("data; tensor; pipeline 3", "PD4011")]
    public void Degrees_that_cannot_be_are_refused_as_before(string layout, string code) =>
        Assert.Equal(code, Programs.Refusal(Gpt(layout), Speeds.Gpus(8, Workstation)).Code);

    [Fact]
    public void On_cores_data_alone_takes_the_fastest_number_of_ranks()
    {
        var program = Programs.Of([("linear", 64L), ("linear", 4L)], batch: 4096);
        Assert.Equal("single device", Programs.Plan(program, Cores(alone: 1e9, shared: 0.4e9)).Strategy);
        Assert.Equal("data 2", Programs.Plan(program, Cores(alone: 1e9, shared: 0.9e9)).Strategy);
    }

    private static HardwareDescription Cores(double alone, double shared)
    {
        var (one, two) = (Speeds.Of(RateCurve.Flat(alone)).Shares[0], Speeds.Of(RateCurve.Flat(shared)).Shares[0]);
        return Programs.Laptop with
        {
            Performance = new HardwarePerformance("here", [one with { Ranks = 1 }, two with { Ranks = 2 }], new LinkPerformance(1e9, 0)),
        };
    }

    private static CheckedProgram Gpt(string layout) => Gpts.Of(layout, blocks: 4, features: 128, heads: 8, batch: "32");
}
