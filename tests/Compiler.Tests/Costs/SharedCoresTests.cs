using ParDsl.Compiler.Checked;
using ParDsl.Compiler.Costs;
using ParDsl.Compiler.Hardware;
using ParDsl.Compiler.Hardware.Performance;
using Xunit;
using static ParDsl.Compiler.Tests.Planning.Programs;

namespace ParDsl.Compiler.Tests.Costs;

/// <summary>More ranks than cores: a rank that waits leaves its share to the others.</summary>
public sealed class SharedCoresTests
{
    /// <summary>A core's; of a machine with more ranks each was measured with its share of that.</summary>
    private const double Rate = 4e9;

    private static readonly (string, long?)[] Linears =
        [("linear", 512L), ("linear", 512L), ("linear", 512L), ("linear", 512L), ("linear", 512L)];

    /// <summary>On one core there is always something to do, and no share of it is lost.</summary>
    [Theory]
    [InlineData(1, ScheduleKind.OneForwardOneBackward)]
    [InlineData(4, ScheduleKind.Gpipe)]
    [InlineData(4, ScheduleKind.OneForwardOneBackward)]
    [InlineData(4, ScheduleKind.ZeroBubble)]
    public void Stages_on_one_core_take_as_long_as_the_model_in_one_piece(int microBatches, ScheduleKind schedule)
    {
        var whole = Of(Linears, batch: 16);
        var cut = whole.With(null, Stages(2, microBatches, schedule) with { Cuts = ["3"] });
        Assert.Equal(Seconds(whole, cores: 1, ranks: 1), Seconds(cut, cores: 1, ranks: 2), 9);
    }

    /// <summary>Both ranks of a stage work at the same time, so that each has a core and the next stage's none.</summary>
    [Fact]
    public void Replicas_on_two_cores_take_as_long_as_one_on_one()
    {
        var one = Of(Linears, batch: 16).With(null, Stages(2, 4) with { Cuts = ["3"] });
        var two = Of(Linears, batch: 32).With(Replicas(2), Stages(2, 4) with { Cuts = ["3"] });
        Assert.Equal(Seconds(one, cores: 1, ranks: 2), Seconds(two, cores: 2, ranks: 4), 9);
    }

    /// <summary>A core is one rank's at a time: with two cores a pipeline of two waits as any other does.</summary>
    [Fact]
    public void No_rank_has_more_than_a_core()
    {
        var cut = Of(Linears, batch: 16).With(null, Stages(2, 4) with { Cuts = ["3"] });
        var alone = Predict(cut, cores: 2, ranks: 2);
        Assert.All(alone.Ranks, rank => Assert.InRange(rank.SecondsOf(TimedWork.Wait), alone.Seconds / 20, alone.Seconds / 2));
        Assert.InRange(Seconds(cut, cores: 1, ranks: 2) / alone.Seconds, 1.2, 2);
    }

    [Fact]
    public void Where_ranks_are_alike_at_all_times_nothing_is_gained()
    {
        var replicas = Of(Linears, batch: 32).With(Replicas(4));
        Assert.Equal(2 * Seconds(replicas, cores: 4, ranks: 4), Seconds(replicas, cores: 2, ranks: 4), 9);
    }

    private static double Seconds(CheckedProgram program, int cores, int ranks) => Predict(program, cores, ranks).Seconds;

    private static StepPrediction Predict(CheckedProgram program, int cores, int ranks)
    {
        var machine = new HardwareDescription("laptop", cores, 16L << 30, []) { Performance = Measured(cores, ranks) };
        return Plan(program, machine, Ask(ranks)).Prediction!;
    }

    private static HardwarePerformance Measured(int cores, int ranks)
    {
        var rank = Speeds.Of(RateCurve.Flat(Rate * Math.Min(1, (double)cores / ranks)));
        return rank with { Shares = [rank.Shares[0] with { Ranks = ranks }] };
    }
}
