using System.Collections.Immutable;
using ParDsl.Compiler.Planning.Schedules;
using Xunit;
using static ParDsl.Compiler.Planning.Schedules.ScheduleWork;

namespace ParDsl.Compiler.Tests.Planning.Schedules;

/// <summary>When steps start and end, and which ones never do.</summary>
public sealed class ScheduleTimelineTests
{
    private static readonly ScheduleDurations Durations = new(Forward: 3, InputGradient: 4, WeightGradient: 5);

    [Fact]
    public void A_step_starts_when_its_rank_is_free_and_what_it_needs_is_there()
    {
        var timeline = ScheduleTimeline.Of(
            [
                [Step(Forward), Step(Backward)],
                [Step(Forward), Step(InputGradient), Step(WeightGradient)],
            ],
            Durations);
        Assert.Equal([new TimedStep(Step(Forward), 0, 3), new TimedStep(Step(Backward), 10, 19)], timeline.Ranks[0]);
        Assert.Equal(
            [
                new TimedStep(Step(Forward), 3, 6),
                new TimedStep(Step(InputGradient), 6, 10),
                new TimedStep(Step(WeightGradient), 10, 15),
            ],
            timeline.Ranks[1]);
    }

    [Fact]
    public void What_is_not_work_is_idle()
    {
        var timeline = ScheduleTimeline.Of([[Step(Forward), Step(Backward)], [Step(Forward), Step(Backward)]], Durations);
        Assert.Equal((24, 24), (timeline.Length, timeline.IdleTime));
        Assert.Equal(0.5, timeline.IdleShare);
    }

    [Fact]
    public void A_chunk_follows_the_one_before_it_on_the_last_rank()
    {
        var rank = ImmutableArray.Create(Step(Forward), Step(Forward, chunk: 1));
        Assert.Equal([6, 9], ScheduleTimeline.Of([rank, rank], Durations).Ranks.Select(steps => steps[1].Start));
    }

    [Theory]
    [InlineData(Backward, Forward)]
    [InlineData(InputGradient, Forward)]
    [InlineData(Forward, WeightGradient)]
    public void A_rank_that_needs_what_it_does_later_is_blocked(params ScheduleWork[] works)
    {
        var timeline = ScheduleTimeline.Of([[.. works.Select(work => Step(work))]], Durations);
        Assert.True(timeline.IsDeadlock);
        Assert.Equal(works[^1] == WeightGradient ? WeightGradient : works[0], Assert.Single(timeline.Blocked).Step.Work);
    }

    [Fact]
    public void Ranks_that_wait_for_each_other_are_blocked_and_what_they_did_before_is_told()
    {
        var timeline = ScheduleTimeline.Of(
            [
                [Step(Forward), Step(Backward), Step(Forward, 1), Step(Backward, 1)],
                [Step(Forward), Step(Forward, 1), Step(Backward), Step(Backward, 1)],
            ],
            Durations);
        Assert.Equal([new BlockedStep(0, Step(Backward)), new BlockedStep(1, Step(Forward, 1))], timeline.Blocked);
        Assert.Equal([1, 1], timeline.Ranks.Select(steps => steps.Length));
    }

    [Fact]
    public void Ranks_without_work_take_no_time()
    {
        var timeline = ScheduleTimeline.Of([[], []], Durations);
        Assert.Equal((0, 0.0), (timeline.Length, timeline.IdleShare));
    }

    private static ScheduleStep Step(ScheduleWork work, int microBatch = 0, int chunk = 0) => new(work, microBatch, chunk);
}
