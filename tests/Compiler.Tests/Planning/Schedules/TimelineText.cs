using System.Globalization;
using ParDsl.Compiler.Checked;
using ParDsl.Compiler.Planning.Schedules;

namespace ParDsl.Compiler.Tests.Planning.Schedules;

/// <summary>A timeline to read: a row a rank, a column a unit of time, and what the ranks wait for as dots.</summary>
public static class TimelineText
{
    public static string Of(ScheduleCase size)
    {
        var timeline = size.Timeline;
        var rows = timeline.Ranks.Select((steps, rank) => $"rank {rank} |{Row(timeline, steps, size)}\n");
        var waits = string.Create(CultureInfo.InvariantCulture, $"{timeline.IdleTime / size.Stages} idle, {timeline.IdleShare:P1}");
        return $"{size}\n{Legend(size)}\neach rank: {timeline.Length} units, {waits}\n\n{string.Concat(rows)}";
    }

    private static string Legend(ScheduleCase size)
    {
        var works = size.Kind == ScheduleKind.ZeroBubble
            ? "F forward, I input gradient, W weight gradient (1 unit each)"
            : "F forward (1 unit), B backward (2 units)";
        return works + (size.Chunks > 1 ? "; number: micro-batch, letter: chunk" : "; number: micro-batch");
    }

    private static string Row(ScheduleTimeline timeline, IReadOnlyList<TimedStep> steps, ScheduleCase size)
    {
        var cells = Enumerable.Repeat(".", (int)timeline.Length).ToArray();
        foreach (var step in steps)
            Array.Fill(cells, Cell(step.Step, size), (int)step.Start, (int)(step.End - step.Start));
        var width = cells.Max(cell => cell.Length);
        return string.Concat(cells.Select(cell => " " + cell.PadRight(width))).TrimEnd();
    }

    private static string Cell(ScheduleStep step, ScheduleCase size) =>
        string.Create(CultureInfo.InvariantCulture, $"{step.Work.ToString()[0]}{step.MicroBatch}")
        + (size.Chunks > 1 ? ((char)('a' + step.Chunk)).ToString() : "");
}
