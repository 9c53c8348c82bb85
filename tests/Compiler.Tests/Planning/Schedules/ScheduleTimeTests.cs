using ParDsl.Compiler.Checked;
using ParDsl.Compiler.Planning.Schedules;
using Xunit;

namespace ParDsl.Compiler.Tests.Planning.Schedules;

/// <summary>How long an update takes and how much of it the ranks wait: the papers' formulas, exactly.</summary>
public sealed class ScheduleTimeTests
{
    [Fact]
    public void No_schedule_deadlocks() => Assert.All(ScheduleCase.All, size => Assert.False(size.Timeline.IsDeadlock));

    [Theory]
    [InlineData(ScheduleKind.Gpipe)]
    [InlineData(ScheduleKind.OneForwardOneBackward)]
    public void Without_chunks_ranks_wait_for_one_pass_of_each_other_stage(ScheduleKind kind) =>
        Assert.All(ScheduleCase.Of(kind), size => Waits(size, size.Stages - 1, size.MicroBatches + size.Stages - 1));

    [Fact]
    public void Interleaving_divides_the_wait_by_the_number_of_chunks() =>
        Assert.All(ScheduleCase.Of(ScheduleKind.Interleaved), size =>
            Waits(size, size.Stages - 1, (size.MicroBatches * size.Chunks) + size.Stages - 1));

    /// <summary>Of a third of the time that 1f1b waits: of three passes the two that others wait for, less the third.</summary>
    [Fact]
    public void Zero_bubble_leaves_a_third_of_the_wait_where_the_micro_batches_fill_the_pipeline() =>
        Assert.All(ScheduleCase.Of(ScheduleKind.ZeroBubble).Where(size => size.MicroBatches >= size.Stages), size =>
            Waits(size, size.Stages - 1, (3 * size.MicroBatches) + size.Stages - 1));

    [Fact]
    public void Zero_bubble_waits_less_than_1f1b_however_few_the_micro_batches() =>
        Assert.All(ScheduleCase.Of(ScheduleKind.ZeroBubble).Where(size => size.Stages > 1), size =>
        {
            var uncut = new ScheduleCase(ScheduleKind.OneForwardOneBackward, size.Stages, size.MicroBatches, Chunks: 1);
            Assert.True(size.Timeline.IdleShare < uncut.Timeline.IdleShare, size.ToString());
        });

    [Fact]
    public void One_stage_never_waits() =>
        Assert.All(ScheduleCase.All.Where(size => size.Stages == 1), size => Assert.Equal(0, size.Timeline.IdleTime));

    private static void Waits(ScheduleCase size, long idle, long length)
    {
        var timeline = size.Timeline;
        Assert.Equal((Int128)timeline.Length * size.Stages * idle, (Int128)timeline.IdleTime * length);
        Assert.Equal((double)idle / length, timeline.IdleShare, 15);
    }
}
