using System.Collections.Immutable;
using ParDsl.Compiler.Checked;
using ParDsl.Compiler.Planning;
using ParDsl.Compiler.Plans;
using ParDsl.Compiler.Printing;
using Xunit;
using static ParDsl.Compiler.Tests.Planning.Programs;

namespace ParDsl.Compiler.Tests.Planning;

/// <summary>A plan of 16 bits: half the bytes move, masters are counted, and gradients are widened before anything sees them.</summary>
public sealed class PrecisionPlanTests
{
    [Fact]
    public void Gradients_move_in_two_bytes_and_statistics_in_four()
    {
        var update = PlanIn(Precision.BFloat16, clip: 0).Ranks[0].Update;
        Assert.Contains(new PlanAction.ReduceGradients(0, CollectiveKind.AllReduce, 0, 108 * 2), update);
        Assert.Equal([new LayerCollective(1, CollectiveKind.AllGather, 0, 17, 68)], Assert.IsType<PlanAction.Forward>(update[1]).Collectives);
        Assert.Equal([new LayerCollective(1, CollectiveKind.AllReduce, 0, 16, 64)], Assert.IsType<PlanAction.Backward>(update[2]).Collectives);
    }

    [Theory]
    [InlineData(Precision.BFloat16)]
    [InlineData(Precision.Float16)]
    public void Gradients_are_widened_before_they_are_clipped(Precision precision)
    {
        var plan = PlanIn(precision, clip: 1.5);
        Assert.Equal(
            [new PlanAction.WidenGradients(null, 0), new PlanAction.Clip(1.5, null, 0), new PlanAction.Step()],
            plan.Ranks[0].Update[^3..]);
        Assert.Empty(PlanChecker.Check(plan));
    }

    [Theory]
    [InlineData(Precision.Float32)]
    [InlineData(Precision.Float64)]
    public void Precisions_without_masters_widen_nothing(Precision precision) =>
        Assert.DoesNotContain(PlanIn(precision, clip: 1.5).Ranks[0].Update, action => action is PlanAction.WidenGradients);

    [Fact]
    public void Ranks_with_different_gradients_agree_on_overflow_in_float16_alone()
    {
        Assert.Equal(new PlanAction.WidenGradients(0, 4), Widening(PlanIn(Precision.Float16, clip: 0, ShardLevel.Gradients)));
        Assert.Equal(new PlanAction.WidenGradients(null, 0), Widening(PlanIn(Precision.BFloat16, clip: 0, ShardLevel.Gradients)));
    }

    [Fact]
    public void Memory_counts_float32_masters_gradients_and_states_of_what_a_rank_updates()
    {
        var rank = PlanIn(Precision.BFloat16, clip: 0).Ranks[0];
        const long Kept = ((6 + 8 + 8) * 2) + (2 * 4 * 4); // the loss keeps output and terms in float32
        Assert.Equal(
            new MemoryEstimate(216, 216, 864, (2 * 8 * 4) + 8, 0, Kept * 16)
            {
                MasterBytes = 864,
                BatchBytes = ((6 * 4) + (4 * 4)) * 16, // float32 inputs before they are rounded, and targets
                WorkspaceBytes = rank.Device.OwnBytes, // so few features are not packed
            },
            rank.Memory);
        var sharded = PlanIn(Precision.Float16, clip: 0, ShardLevel.Optimizer).Ranks[0].Memory;
        Assert.Equal((216, 216, 432, 432), (sharded.ParameterBytes, sharded.GradientBytes, sharded.MasterBytes, sharded.OptimizerBytes));
    }

    [Fact]
    public void The_plan_prints_the_masters_where_there_are_some()
    {
        var text = PlanPrinter.Print(PlanIn(Precision.BFloat16, clip: 0));
        Assert.Contains("float32 masters", text, StringComparison.Ordinal);
        Assert.Contains("108 of bfloat16 = 216 B", text, StringComparison.Ordinal);
        Assert.DoesNotContain("masters", PlanPrinter.Print(PlanIn(Precision.Float32, clip: 0)), StringComparison.Ordinal);
    }

    [Fact]
    public void Float16_on_a_CPU_is_warned_of()
    {
        Assert.Contains(PlanIn(Precision.Float16, clip: 0).Notes, note => note.StartsWith("float16 is slow on a CPU", StringComparison.Ordinal));
        Assert.DoesNotContain(PlanIn(Precision.BFloat16, clip: 0).Notes, note => note.Contains("float16 is slow", StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Breaks))]
    public void Gradients_that_are_not_widened_once_and_in_time_are_seen(string name, Func<ImmutableArray<PlanAction>, ImmutableArray<PlanAction>> change)
    {
        var plan = PlanIn(Precision.Float16, clip: 1);
        var rank = plan.Ranks[0] with { Update = change(plan.Ranks[0].Update) };
        var found = PlanChecker.Check(plan with { Ranks = plan.Ranks.SetItem(0, rank) });
        Assert.True(found.Any(finding => finding.Message.Contains("does not widen the summed gradients", StringComparison.Ordinal)), name);
    }

    public static TheoryData<string, Func<ImmutableArray<PlanAction>, ImmutableArray<PlanAction>>> Breaks => new()
    {
        { "never", update => update.RemoveAll(IsWidening) },
        { "twice", update => update.Insert(update.Length - 2, update.Single(IsWidening)) },
        { "first of all", update => update.RemoveAll(IsWidening).Insert(0, update.Single(IsWidening)) },
        { "after the clip", update => update.RemoveAll(IsWidening).Insert(update.Length - 2, update.Single(IsWidening)) },
    };

    private static bool IsWidening(PlanAction action) => action is PlanAction.WidenGradients;

    private static PlanAction Widening(ExecutionPlan plan) => plan.Ranks[0].Update.Single(IsWidening);

    private static ExecutionPlan PlanIn(Precision precision, double clip, ShardLevel shard = ShardLevel.None)
    {
        var program = Small(degree: 2);
        return Plan(
            program with
            {
                Training = program.Training with { Precision = precision, ClipNorm = clip },
                Parallel = program.Parallel with { Data = program.Parallel.Data! with { Shard = shard } },
            },
            Laptop);
    }
}
