using System.Collections.Immutable;
using ParDsl.Compiler.Checked;
using ParDsl.Runtime.Checkpoints;
using ParDsl.Runtime.Tests.Training;
using ParDsl.Runtime.Training;
using ParDsl.Runtime.Training.Saving;
using Xunit;

namespace ParDsl.Runtime.Tests.Resuming;

/// <summary>When a checkpoint is due, which is the best one, when time is up, and how a thread writes.</summary>
public sealed class SavingTests
{
    public SavingTests() => ParDsl.Runtime.Native.NativeLibraries.Load();

    [Theory]
    [InlineData("", "", 0, 40)]
    [InlineData("7 steps", "", 0, 7)]
    [InlineData("7 steps", "", 7, 14)]
    [InlineData("7 steps", "", 35, 40)]
    [InlineData("2 epochs", "", 3, 8)]
    [InlineData("7 steps", "loss", 0, 4)]
    [InlineData("7 steps", "loss", 5, 7)]
    [InlineData("10 min", "loss", 5, 8)]
    [InlineData("10 min", "", 5, 40)]
    public void Ranks_come_together_where_a_checkpoint_may_be_due(string every, string best, long step, long pause) =>
        Assert.Equal(pause, ScheduleOf(every, best).NextPause(step, 40));

    [Theory]
    [InlineData("0.5 s", 0.5)]
    [InlineData("30 s", 30)]
    [InlineData("10 min", 600)]
    [InlineData("0.5 h", 1800)]
    [InlineData("9999999999 h", 922337203685.4775807)]
    public void A_time_is_the_clocks(string every, double seconds) =>
        Assert.Equal(TimeSpan.FromSeconds(seconds).TotalSeconds, ScheduleOf(every, "").Interval!.Value.TotalSeconds, 1);

    [Theory]
    [InlineData("loss", new[] { 3.0, 2, 2, 1, 4 }, new[] { true, true, false, true, false })]
    [InlineData("accuracy", new[] { 0.5, 0.4, 0.6, 0.6 }, new[] { true, false, true, false })]
    [InlineData("mean_absolute_error", new[] { 0.5, 0.4, 0.6 }, new[] { true, true, false })]
    [InlineData("loss", new[] { double.NaN, 2.0, double.PositiveInfinity }, new[] { false, true, false })]
    [InlineData("", new[] { 3.0, 2.0 }, new[] { false, false })]
    public void The_best_one_is_the_first_of_the_best_value(string metric, double[] values, bool[] improves)
    {
        var best = new BestSoFar(metric);
        var found = values.Select((value, step) => best.Improves(
            step, ImmutableSortedDictionary<string, double>.Empty.Add(metric.Length == 0 ? "loss" : metric, value)));
        Assert.Equal(improves, found);
    }

    [Fact]
    public void Another_metrics_best_value_says_nothing()
    {
        var best = new BestSoFar("loss");
        best.Restore(new BestState("accuracy", 0.9, 4));
        Assert.Null(best.State);
        best.Restore(new BestState("loss", 0.5, 4));
        Assert.False(best.Improves(8, ImmutableSortedDictionary<string, double>.Empty.Add("loss", 0.6)));
    }

    [Fact]
    public void Time_is_up_in_time_for_the_longest_update_and_two_writes()
    {
        using var limit = new TimeLimit(TimeSpan.FromSeconds(60), () => TimeSpan.FromSeconds(20), CancellationToken.None);
        Assert.False(limit.IsOver);
        limit.Wrote(TimeSpan.FromSeconds(20));
        Assert.True(limit.Token.WaitHandle.WaitOne(TimeSpan.FromSeconds(20)));
        Assert.True(limit.IsOver);
    }

    [Fact]
    public void An_interruption_is_not_the_times_doing()
    {
        using var interruption = new CancellationTokenSource();
        using var limit = new TimeLimit(TimeSpan.FromHours(1), () => TimeSpan.Zero, interruption.Token);
        interruption.Cancel();
        Assert.True(limit.Token.IsCancellationRequested);
        Assert.False(limit.IsOver);
    }

    [Fact]
    public void One_write_is_under_way_at_most_and_its_failure_is_told_once_it_is_waited_for()
    {
        var (running, most) = (0, 0);
        using var writer = new BackgroundWriter(state =>
        {
            most = Math.Max(most, Interlocked.Increment(ref running));
            Thread.Sleep(20);
            Interlocked.Decrement(ref running);
            if (state.Step == 3)
                throw new RunFailedException(RunErrors.WeightsNotFinite(3, 1));
        });
        for (var step = 1; step <= 3; step++)
            writer.Start(TrainingState.Nothing with { Step = step });
        Assert.Throws<RunFailedException>(() => writer.Start(TrainingState.Nothing with { Step = 4 }));
        Assert.True(writer.HasFailed);
        Assert.Throws<RunFailedException>(writer.Wait);
        Assert.Equal(1, most);
    }

    [Fact]
    public void Asking_for_a_pause_and_for_the_end_are_told_apart()
    {
        using var sums = new StepSums(2, TorchSharp.torch.CPU);
        sums.AskToPause();
        sums.Take(out var mustStop);
        Assert.Equal((false, true), (mustStop, sums.MustPause));
        sums.AskToStop();
        sums.AskToStop();
        sums.Take(out mustStop);
        Assert.Equal((true, false), (mustStop, sums.MustPause));
        sums.AskToPause();
        sums.AskToStop();
        sums.Take(out mustStop);
        Assert.Equal((true, true), (mustStop, sums.MustPause));
        sums.Take(out mustStop);
        Assert.Equal((false, false), (mustStop, sums.MustPause));
    }

    private static CheckpointSchedule ScheduleOf(string every, string best) =>
        new(new CheckpointRequest(every, 3, best), new RunLength(64, 16, 4, 40));
}
