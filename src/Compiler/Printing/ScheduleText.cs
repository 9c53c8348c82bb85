using System.Collections.Immutable;
using System.Globalization;
using ParDsl.Compiler.Checked;
using ParDsl.Compiler.Planning.Schedules;
using ParDsl.Compiler.Plans;

namespace ParDsl.Compiler.Printing;

/// <summary>
/// A pipeline's timeline to read: a row a rank, a column a unit of time, and what a rank waits for as dots. A forward pass
/// takes one unit, a backward pass two, or one for each of its halves.
/// </summary>
internal static class ScheduleText
{
    /// <summary>Longer ones are told in one line: the rows would not fit a screen.</summary>
    private const int MaximumUnits = 50;

    /// <summary>Null where the model is not cut. Rows that a page of so many columns does not hold are left out.</summary>
    public static string? Of(ExecutionPlan plan, int width)
    {
        var stages = plan.Mesh.Degree(MeshAxis.Pipeline);
        if (stages == 1 || plan.Program.Parallel.Pipeline is not { } request)
            return null;
        var (microBatches, chunks) = (plan.Batch.MicroBatchCount, (int)request.Chunks);
        var steps = PipelineSchedule.Of(request.Schedule, stages, microBatches, chunks);
        var timeline = ScheduleTimeline.Of(steps, ScheduleDurations.Equal);
        var head = $"schedule {request.Schedule.Words()}: {Waits(timeline, stages)}\n";
        if (timeline.Length > MaximumUnits)
            return head;
        string[] rows = [.. timeline.Ranks.Select((done, rank) => $"  pipeline {rank} |{Row(timeline, done, chunks)}\n")];
        if (rows.Max(row => row.Length - 1) > width)
            return $"{head}  the timeline takes {rows.Max(row => row.Length - 1)} columns\n";
        return $"{head}{string.Concat(rows)}  {Legend(request.Schedule, chunks)}\n";
    }

    private static string Waits(ScheduleTimeline timeline, int stages) => string.Create(
        CultureInfo.InvariantCulture,
        $"of {timeline.Length} units of time each rank waits for {timeline.IdleTime / stages} ({timeline.IdleShare:P1})");

    private static string Row(ScheduleTimeline timeline, ImmutableArray<TimedStep> steps, int chunks)
    {
        var cells = Enumerable.Repeat(".", (int)timeline.Length).ToArray();
        foreach (var step in steps)
            Array.Fill(cells, Cell(step.Step, chunks), (int)step.Start, (int)(step.End - step.Start));
        var width = cells.Max(cell => cell.Length);
        return string.Concat(cells.Select(cell => " " + cell.PadRight(width))).TrimEnd();
    }

    private static string Cell(ScheduleStep step, int chunks) =>
        string.Create(CultureInfo.InvariantCulture, $"{step.Work.ToString()[0]}{step.MicroBatch}")
        + (chunks > 1 ? ((char)('a' + step.Chunk)).ToString() : "");

    private static string Legend(ScheduleKind kind, int chunks) => (kind == ScheduleKind.ZeroBubble
        ? "F forward, I input gradient, W weight gradient, a unit each"
        : "F forward, a unit; B backward, two")
        + (chunks > 1 ? "; the number is the micro-batch's, the letter the stage's on its rank" : "; the number is the micro-batch's");
}
