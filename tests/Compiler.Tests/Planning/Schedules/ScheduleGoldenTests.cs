using ParDsl.Compiler.Checked;
using ParDsl.Compiler.Planning.Schedules;
using ParDsl.Goldens;
using Xunit;

namespace ParDsl.Compiler.Tests.Planning.Schedules;

/// <summary>Small schedules to look at, beside the figures of their papers.</summary>
public sealed class ScheduleGoldenTests
{
    [Theory]
    [InlineData(ScheduleKind.Gpipe, 4, 4)]
    [InlineData(ScheduleKind.Gpipe, 4, 8)]
    [InlineData(ScheduleKind.OneForwardOneBackward, 4, 2)]
    [InlineData(ScheduleKind.OneForwardOneBackward, 4, 8)]
    [InlineData(ScheduleKind.Interleaved, 2, 4, 3)]
    [InlineData(ScheduleKind.Interleaved, 4, 4, 2)]
    [InlineData(ScheduleKind.Interleaved, 4, 8, 2)]
    [InlineData(ScheduleKind.ZeroBubble, 4, 2)]
    [InlineData(ScheduleKind.ZeroBubble, 4, 8)]
    public void A_small_schedule(ScheduleKind kind, int stages, int microBatches, int chunks = 1) => Golden.Check(
        $"schedules/{kind.Words()}-{stages}-{microBatches}{(chunks > 1 ? $"-{chunks}" : "")}.txt",
        TimelineText.Of(new ScheduleCase(kind, stages, microBatches, chunks)));
}
