using System.Globalization;
using System.Text;
using ParDsl.Compiler.Plans;

namespace ParDsl.Compiler.Tests.Published;

/// <summary>Published peaks of memory against predicted ones, as a section of docs/planner-accuracy.md.</summary>
internal static class MemoryTable
{
    /// <param name="all">Those of all runs; the ones without a peak of memory are left out.</param>
    public static string Of(PublishedRuns runs, IReadOnlyList<RunPrediction> all)
    {
        RunPrediction[] predictions = [.. all.Where(prediction => prediction.Run.MemoryGib > 0)];
        var text = new StringBuilder();
        foreach (var (key, source) in runs.Sources)
        {
            RunPrediction[] own = [.. predictions.Where(prediction => prediction.Run.Source == key)];
            if (own.Length > 0)
                text.Append(CultureInfo.InvariantCulture, $"{source}\n\n{Rows(own)}\n");
        }

        return text.Append(Summary(runs, predictions)).ToString();
    }

    private static string Rows(RunPrediction[] predictions) =>
        "| model | hardware | layout | batch | published | predicted | error | without float32 gradients | error |\n"
        + "| --- | --- | --- | --- | --- | --- | --- | --- | --- |\n"
        + string.Concat(predictions.Select(Row));

    private static string Row(RunPrediction prediction) =>
        $"| {prediction.Run.Model} | `{prediction.Run.On}` | {AccuracyTable.Layout(prediction.Plan)} | {AccuracyTable.Batch(prediction.Plan)} | "
        + $"{prediction.Run.Memory} | {ByteText.Of(prediction.MemoryBytes)} | {AccuracyTable.Percent(prediction.MemoryError)} | "
        + $"{ByteText.Of(prediction.BytesWithoutWideGradients)} | {AccuracyTable.Percent(prediction.ErrorWithoutWideGradients)} |\n";

    private static string Summary(PublishedRuns runs, RunPrediction[] predictions)
    {
        var text = new StringBuilder("| source | runs | median error | largest | median error without float32 gradients |\n| --- | --- | --- | --- | --- |\n");
        foreach (var (key, source) in runs.Sources)
        {
            RunPrediction[] own = [.. predictions.Where(prediction => prediction.Run.Source == key)];
            text.Append(own.Length == 0 ? "" : Line(source.Split(':')[0], own));
        }

        return text.Append(Line("all", predictions)).ToString();
    }

    private static string Line(string name, RunPrediction[] own) =>
        $"| {name} | {own.Length} | {AccuracyTable.Share(AccuracyTable.Median(own.Select(run => run.MemoryError)))} | "
        + $"{AccuracyTable.Percent(own.MaxBy(run => Math.Abs(run.MemoryError))!.MemoryError)} | "
        + $"{AccuracyTable.Share(AccuracyTable.Median(own.Select(run => run.ErrorWithoutWideGradients)))} |\n";
}
