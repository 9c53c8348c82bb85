using System.Collections.Immutable;
using ParDsl.Runtime.Jobs;
using ParDsl.Runtime.Ranks;
using Xunit;

namespace ParDsl.Runtime.Tests.Jobs;

/// <summary>A job that hangs is found, and one that takes its time is left alone. Times are given, not waited for.</summary>
public sealed class StallWatchTests
{
    private static readonly StallLimit Usual = StallLimit.Of(TimeSpan.FromSeconds(30));

    private readonly StallWatch watch = new(Usual);

    [Fact]
    public void A_job_that_comes_no_step_further_for_the_limit_is_stalled_by_the_rank_that_does_not_wait()
    {
        Assert.Null(Look(0, Waiting(5), Working(9), Waiting(5)));
        Assert.Null(Look(300, Waiting(5), Working(9), Waiting(5)));
        Assert.Equal(new Stall(1, AllWait: false, TimeSpan.FromSeconds(301)), Look(301, Waiting(5), Working(9), Waiting(5)));
    }

    [Fact]
    public void One_rank_that_comes_on_is_enough()
    {
        for (var time = 0; time < 3000; time += 100)
            Assert.Null(Look(time, Waiting(5), Working(time)));
    }

    /// <summary>Where several do not wait, the one that stopped first is what the rest comes from.</summary>
    [Fact]
    public void Of_two_that_do_not_come_on_the_first_to_stop_is_named()
    {
        Look(0, Working(1), Working(1));
        Look(10, Working(2), Working(1));
        Assert.Equal(1, Look(400, Working(2), Working(1))!.Rank);
    }

    [Fact]
    public void Where_all_wait_the_one_that_has_waited_for_longest_is_named()
    {
        Look(0, Waiting(1), Waiting(1));
        Look(10, Waiting(2), Waiting(1));
        Assert.Equal(new Stall(1, AllWait: true, TimeSpan.FromSeconds(390)), Look(400, Waiting(2), Waiting(1)));
    }

    [Fact]
    public void The_first_update_has_an_hour_for_each_of_its_steps()
    {
        RankPulse first = Working(1) with { HasUpdated = false };
        Assert.Null(Look(0, first, Waiting(1)));
        Assert.Null(Look(3600, first, Waiting(1)));
        Assert.NotNull(Look(3601, first, Waiting(1)));
    }

    [Fact]
    public void A_job_whose_steps_are_slow_has_twenty_times_its_slowest()
    {
        Look(0, Working(1), Waiting(1));
        Assert.Null(Look(100, Working(2), Waiting(1)));
        Assert.Null(Look(150, Working(3), Waiting(1)));
        Assert.Null(Look(150 + 2000, Working(3), Waiting(1)));
        Assert.NotNull(Look(150 + 2001, Working(3), Waiting(1)));
    }

    /// <summary>A checkpoint, the reading of data, a screen that nobody reads: they take as long as they take.</summary>
    [Fact]
    public void Nothing_is_said_of_a_job_in_which_a_rank_is_not_at_work()
    {
        var idle = Working(1) with { IsAtWork = false };
        Assert.Null(Look(0, idle, Waiting(1)));
        Assert.Null(Look(100_000, idle, Waiting(1)));
        Assert.Null(Look(100_300, Working(1), Waiting(1)));
        Assert.NotNull(Look(100_301, Working(1), Waiting(1)));
    }

    [Fact]
    public void The_time_in_which_the_watch_itself_was_stopped_does_not_count()
    {
        Look(0, Working(1), Waiting(1));
        watch.Restart();
        Assert.Null(Look(100_000, Working(1), Waiting(1)));
        Assert.Null(Look(100_300, Working(1), Waiting(1)));
    }

    [Fact]
    public void A_limit_that_is_given_is_the_limit()
    {
        var strict = new StallWatch(StallLimit.Fixed(TimeSpan.FromSeconds(60)));
        strict.Look([Working(1)], TimeSpan.Zero);
        strict.Look([Working(2)], TimeSpan.FromSeconds(50));
        Assert.NotNull(strict.Look([Working(2)], TimeSpan.FromSeconds(111)));
    }

    private static RankPulse Working(long done) => new(done, IsAtWork: true, IsWaiting: false, HasUpdated: true);

    private static RankPulse Waiting(long done) => Working(done) with { IsWaiting = true };

    private Stall? Look(double seconds, params RankPulse[] ranks) =>
        watch.Look([.. ranks], TimeSpan.FromSeconds(seconds));
}
