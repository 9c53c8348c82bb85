using ParDsl.Compiler.Checked;
using ParDsl.Compiler.Planning.Schedules;
using Xunit;

namespace ParDsl.Compiler.Tests.Planning.Schedules;

/// <summary>The schedules' words, and the numbers that a schedule cannot do anything with.</summary>
public sealed class PipelineScheduleTests
{
    [Fact]
    public void The_words_are_the_languages() =>
        Assert.Equal(["gpipe", "1f1b", "interleaved", "zero_bubble"], ScheduleFacts.All.Select(kind => kind.Words()));

    [Fact]
    public void A_word_names_its_schedule() =>
        Assert.All(ScheduleFacts.All, kind => Assert.Equal(kind, ScheduleFacts.Parse(kind.Words())));

    [Theory]
    [InlineData("")]
    [InlineData("GPipe")]
    [InlineData("zb-h1")]
    public void Another_word_names_none(string word) => Assert.Null(ScheduleFacts.Parse(word));

    [Theory]
    [InlineData(ScheduleKind.Gpipe, 4, 1, 1)]
    [InlineData(ScheduleKind.OneForwardOneBackward, 4, 3, 1)]
    [InlineData(ScheduleKind.ZeroBubble, 4, 5, 1)]
    [InlineData(ScheduleKind.Interleaved, 4, 4, 2)]
    [InlineData(ScheduleKind.Gpipe, 4, 4, 2, ScheduleMistake.ChunksWithoutInterleaving)]
    [InlineData(ScheduleKind.OneForwardOneBackward, 4, 4, 0, ScheduleMistake.ChunksWithoutInterleaving)]
    [InlineData(ScheduleKind.ZeroBubble, 4, 4, 2, ScheduleMistake.ChunksWithoutInterleaving)]
    [InlineData(ScheduleKind.Interleaved, 4, 8, 1, ScheduleMistake.TooFewChunks)]
    [InlineData(ScheduleKind.Interleaved, 4, 6, 2, ScheduleMistake.MicroBatchesNotMultipleOfStages)]
    [InlineData(ScheduleKind.Interleaved, 4, 6, 1, ScheduleMistake.TooFewChunks, ScheduleMistake.MicroBatchesNotMultipleOfStages)]
    public void All_mistakes_are_told_at_once(
        ScheduleKind kind, int stages, int microBatches, int chunks, params ScheduleMistake[] expected) =>
        Assert.Equal(expected, PipelineSchedule.Mistakes(kind, stages, microBatches, chunks));

    [Fact]
    public void There_is_no_schedule_for_a_mistake() =>
        Assert.Throws<ArgumentException>(
            () => PipelineSchedule.Of(ScheduleKind.Interleaved, stages: 4, microBatches: 6, chunks: 2));
}
