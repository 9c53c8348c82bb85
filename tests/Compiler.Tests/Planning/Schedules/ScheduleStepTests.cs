using System.Collections.Immutable;
using ParDsl.Compiler.Checked;
using ParDsl.Compiler.Planning.Schedules;
using Xunit;
using static ParDsl.Compiler.Planning.Schedules.ScheduleWork;

namespace ParDsl.Compiler.Tests.Planning.Schedules;

/// <summary>What a rank computes, in every schedule: all of it, once, in an order that keeps the sums' bits.</summary>
public sealed class ScheduleStepTests
{
    [Fact]
    public void There_are_many_cases_of_each_schedule() =>
        Assert.All(ScheduleFacts.All, kind => Assert.InRange(ScheduleCase.All.Count(size => size.Kind == kind), 50, 500));

    [Fact]
    public void Each_stage_has_a_rank() => Assert.All(ScheduleCase.All, size => Assert.Equal(size.Stages, size.Ranks.Length));

    [Fact]
    public void Every_micro_batch_passes_every_chunk_once_in_each_direction() => Assert.All(ScheduleCase.All, size =>
    {
        var expected = (from work in Works(size.Kind)
                        from microBatch in Enumerable.Range(0, size.MicroBatches)
                        from chunk in Enumerable.Range(0, size.Chunks)
                        select new ScheduleStep(work, microBatch, chunk)).ToHashSet();
        Assert.All(size.Ranks, steps =>
        {
            Assert.Equal(expected.Count, steps.Length);
            Assert.True(expected.SetEquals(steps), size.ToString());
        });
    });

    [Fact]
    public void The_gradients_of_a_chunk_are_added_in_the_order_of_the_micro_batches() => Assert.All(ScheduleCase.All, size =>
        Assert.All(size.Ranks, steps => Assert.All(steps.GroupBy(step => (step.Work, step.Chunk)), same =>
            Assert.Equal(Enumerable.Range(0, size.MicroBatches), same.Select(step => step.MicroBatch)))));

    [Fact]
    public void The_order_is_the_same_each_time_it_is_asked_for() => Assert.All(ScheduleCase.All, size => Assert.Equal(
        size.Ranks.SelectMany(steps => steps),
        PipelineSchedule.Of(size.Kind, size.Stages, size.MicroBatches, size.Chunks).SelectMany(steps => steps)));

    private static ImmutableArray<ScheduleWork> Works(ScheduleKind kind) =>
        kind == ScheduleKind.ZeroBubble ? [Forward, InputGradient, WeightGradient] : [Forward, Backward];
}
