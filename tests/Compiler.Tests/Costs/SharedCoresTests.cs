using ParDsl.Compiler.Checked;
using ParDsl.Compiler.Costs;
using ParDsl.Compiler.Hardware;
using ParDsl.Compiler.Hardware.Performance;
using ParDsl.Compiler.Plans;
using Xunit;
using static ParDsl.Compiler.Tests.Costs.PredictedPrograms;
using static ParDsl.Compiler.Tests.Planning.Programs;

namespace ParDsl.Compiler.Tests.Costs;

/// <summary>Predicted times of more ranks than cores: those that work have what the others leave.</summary>
public sealed class SharedCoresTests
{
    /// <summary>With one micro-batch one stage works at a time, of four on two cores: a whole core has twice the half of one.</summary>
    [Fact]
    public void While_others_wait_a_rank_has_more_of_the_cores()
    {
        var program = Of(Linears, batch: 16).With(null, Stages(4, microBatches: 1) with { Cuts = [.. Cuts(4)] });
        Assert.Equal(OnOwnDevices(program) / 2, OnTwoCores(program).Seconds, 12);
    }

    /// <summary>
    /// Two cores do no more than two whole cores' work, and no core is idle while a rank has something to do: so it takes no longer
    /// than any such schedule (Graham 1966).
    /// </summary>
    [Theory]
    [InlineData(ScheduleKind.Gpipe)]
    [InlineData(ScheduleKind.OneForwardOneBackward)]
    [InlineData(ScheduleKind.ZeroBubble)]
    public void Shared_cores_do_all_work_and_no_more(ScheduleKind schedule)
    {
        var program = Of(Linears, batch: 16).With(null, Stages(4, microBatches: 4, schedule) with { Cuts = [.. Cuts(4)] });
        var step = OnTwoCores(program);
        Assert.All(step.Ranks, InOrder);
        var own = Predict(program, 4, Speeds.Of(Speeds.Gigaflops));
        // All of it on whole cores, which are twice as fast as halves; and the longest chain of it there.
        var (all, chain) = (own.Ranks.Sum(rank => rank.SecondsOf(TimedWork.Pass)) / 2, own.Seconds / 2);
        Assert.InRange(step.Seconds, all / 2, (all / 2) + (chain / 2));
    }

    [Fact]
    public void Ranks_that_all_work_have_their_share_of_the_cores()
    {
        var program = Of(Linears, batch: 16).With(Replicas(4));
        Assert.Equal(OnOwnDevices(program), OnTwoCores(program).Seconds, 12);
    }

    /// <summary>Two replicas of two stages: while the first stages work, the second ones leave them both cores.</summary>
    [Fact]
    public void Replicas_share_the_cores_too()
    {
        var program = Of(Linears, batch: 16).With(Replicas(2), Stages(2, microBatches: 1) with { Cuts = [.. Cuts(2)] });
        Assert.Equal(OnOwnDevices(program) / 2, OnTwoCores(program).Seconds, 12);
    }

    /// <summary>All stages begin the sum of the metrics when the last of them has come, and have a half of a core each for it.</summary>
    [Theory]
    [InlineData(ScheduleKind.Gpipe)]
    [InlineData(ScheduleKind.OneForwardOneBackward)]
    [InlineData(ScheduleKind.ZeroBubble)]
    public void On_shared_cores_stages_meet_as_elsewhere(ScheduleKind schedule)
    {
        const double latency = 1e-3;
        var program = Of(Linears, batch: 16).With(null, Stages(4, microBatches: 4, schedule) with { Cuts = [.. Cuts(4)] });
        var speeds = Speeds.Of(Speeds.Gigaflops, new LinkPerformance(double.PositiveInfinity, latency));
        var step = Plan(program, Laptop with { Performance = speeds }, Ask(4)).Prediction!;
        Assert.All(step.Ranks, InOrder);
        var sums = step.Ranks
            .Select(rank => rank.Actions.Single(timed => timed is { Action: PlanAction.AllReduceMetrics, Work: TimedWork.Move })).ToArray();
        Assert.All(sums, sum => Assert.Equal(sums[0].Start, sum.Start, 9));
        Assert.All(sums, sum => Assert.Equal(2 * 3 * latency, sum.Seconds, 9));
    }

    /// <summary>A replica of two stages on each of two machines of one core: one works at a time on each.</summary>
    [Fact]
    public void Each_machine_shares_its_own_cores()
    {
        var program = Of(Linears, batch: 16).With(Replicas(2), Stages(2, microBatches: 1) with { Cuts = [.. Cuts(2)] });
        var machine = Laptop with { Cores = 1, Performance = Speeds.Of(Speeds.Gigaflops) };
        Assert.Equal(OnOwnDevices(program) / 2, Plan(program, HardwareSet.Alike(machine, 2), Ask(2)).Prediction!.Seconds, 12);
    }

    private static StepPrediction OnTwoCores(CheckedProgram program) =>
        Plan(program, Laptop with { Performance = Speeds.Of(Speeds.Gigaflops) }, Ask(4)).Prediction!;

    private static double OnOwnDevices(CheckedProgram program) => Predict(program, 4, Speeds.Of(Speeds.Gigaflops)).Seconds;
}
