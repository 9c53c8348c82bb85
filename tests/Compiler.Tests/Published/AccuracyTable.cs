using System.Globalization;
using System.Text;
using ParDsl.Compiler.Costs;
using ParDsl.Compiler.Plans;

namespace ParDsl.Compiler.Tests.Published;

/// <summary>Published times against predicted ones, as a section of docs/planner-accuracy.md.</summary>
internal static class AccuracyTable
{
    /// <param name="all">Those of all runs; the ones without a time are left out.</param>
    public static string Of(PublishedRuns runs, IReadOnlyList<RunPrediction> all)
    {
        RunPrediction[] predictions = [.. all.Where(prediction => prediction.Run.Seconds > 0)];
        var text = new StringBuilder();
        foreach (var (key, source) in runs.Sources)
        {
            var own = predictions.Where(prediction => prediction.Run.Source == key).ToArray();
            if (own.Length == 0)
                continue;
            text.Append(CultureInfo.InvariantCulture, $"{source}\n\n");
            text.Append("| model | hardware | layout | batch | published | an update | predicted | error | memory, at most |\n");
            text.Append("| --- | --- | --- | --- | --- | --- | --- | --- | --- |\n");
            foreach (var prediction in own)
                text.Append(Row(prediction));
            text.Append('\n');
        }

        return text.Append(Summary(runs, predictions)).ToString();
    }

    private static string Row(RunPrediction prediction)
    {
        var (run, plan) = (prediction.Run, prediction.Plan);
        return $"| {run.Model}{(run.Fitted ? ", *fitted*" : "")} | `{run.On}` | {Layout(plan)} | {Batch(plan)} | {run.Published} | "
            + $"{SecondsText.Of(run.Seconds)} | {SecondsText.Of(prediction.Seconds)} | {Percent(prediction.Error)} | {ByteText.Of(prediction.MemoryBytes)}{(prediction.IsRefused ? ", *refused*" : "")} |\n";
    }

    public static string Layout(ExecutionPlan plan) =>
        plan.Program.Parallel.Recompute.IsWanted ? $"{plan.Strategy}, recompute" : plan.Strategy;

    /// <summary>Samples of so many tokens, and those that a rank takes at once.</summary>
    public static string Batch(ExecutionPlan plan) =>
        $"{plan.Batch.GlobalBatch} x {plan.Program.Data.Input.Sizes[0]}, {plan.Batch.RankMicroBatch} at once";

    private static string Summary(PublishedRuns runs, IReadOnlyList<RunPrediction> predictions)
    {
        var tests = predictions.Where(prediction => !prediction.Run.Fitted).ToArray();
        var text = new StringBuilder("| source | runs, but for the fitted ones | median error | largest |\n| --- | --- | --- | --- |\n");
        foreach (var (key, source) in runs.Sources)
        {
            RunPrediction[] own = [.. tests.Where(prediction => prediction.Run.Source == key)];
            text.Append(own.Length == 0 ? "" : Line(source.Split(':')[0], own));
        }

        return text.Append(Line("all", tests)).Append(Memory(predictions)).ToString();
    }

    private static string Memory(IReadOnlyList<RunPrediction> predictions) => predictions.Any(prediction => prediction.IsRefused)
        ? $"\nAll of these runs did fit their devices; the planner refuses {predictions.Count(prediction => prediction.IsRefused)} "
            + $"of {predictions.Count}.\n"
        : "\nAll of these runs did fit their devices, and the planner refuses none.\n";

    private static string Line(string name, RunPrediction[] tests) =>
        $"| {name} | {tests.Length} | {Share(Median(tests.Select(test => test.Error)))} | {Percent(tests.MaxBy(test => Math.Abs(test.Error))!.Error)} |\n";

    /// <summary>Of the errors' sizes.</summary>
    public static double Median(IEnumerable<double> signed)
    {
        var errors = signed.Select(Math.Abs).Order().ToArray();
        var middle = errors.Length / 2;
        return errors.Length % 2 == 1 ? errors[middle] : (errors[middle - 1] + errors[middle]) / 2;
    }

    public static string Percent(double error) => (100 * error).ToString("+0;-0;0", CultureInfo.InvariantCulture) + " %";

    public static string Share(double error) => (100 * error).ToString("0", CultureInfo.InvariantCulture) + " %";
}
