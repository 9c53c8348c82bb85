using ParDsl.Compiler.Checked;
using ParDsl.Compiler.Plans;
using ParDsl.Compiler.Printing.Pages.Runs;

namespace ParDsl.Compiler.Printing.Pages;

/// <summary>The page's head: what is planned for what, in the numbers that are asked for first.</summary>
internal static class SummarySection
{
    public static void Write(HtmlWriter html, ExecutionPlan plan, MeasuredRun? run)
    {
        using (html.Within("header"))
        {
            html.Element("p", run is null ? "plan" : "report of a run", ("class", "kind"));
            html.Element("h1", plan.Program.Name);
            using (html.Within("p", ("class", "lead")))
            {
                html.Element("strong", plan.Strategy);
                html.Text($" on {plan.Hardware.Name}");
            }

            if (run is not null)
                html.Paragraph(run.Ending);
            foreach (var note in plan.Notes)
                html.Paragraph($"Note: {note}.", "note");
            Facts(html, plan, run);
        }

        html.Line();
    }

    private static void Facts(HtmlWriter html, ExecutionPlan plan, MeasuredRun? run)
    {
        var training = plan.Program.Training;
        using var _ = html.Within("dl", ("class", "facts"));
        Fact(html, "ranks", Quantity.Count(plan.Ranks.Length), Mesh(plan));
        Fact(html, "global batch", Quantity.Count(plan.Batch.GlobalBatch), BatchText.Cut(plan.Batch).Split(" = ")[^1]);
        Fact(
            html,
            "parameters",
            Quantity.Short(plan.ParameterCount),
            $"{ByteText.Of(plan.ParameterCount * training.Precision.ElementBytes())} of {training.Precision.Name()}");
        if (plan.Prediction is { } prediction)
            Fact(html, "predicted update", Quantity.Seconds(prediction.Seconds), Rate(plan, prediction.Seconds));
        if (run?.StepSeconds is { } seconds)
            Fact(html, "measured update", Quantity.Seconds(seconds), Rate(plan, seconds));
        var fullest = plan.Ranks.MaxBy(rank => rank.Memory.TotalBytes)!;
        Fact(
            html,
            "memory of a rank",
            ByteText.Of(fullest.Memory.TotalBytes),
            fullest.Device.MemoryBytes > 0 ? $"of {ByteText.Of(fullest.Device.MemoryBytes)}" : "");
        Fact(html, "moved in an update", ByteText.Of(UpdateTraffic.Total(plan)), Engine(plan));
    }

    private static void Fact(HtmlWriter html, string name, string value, string more)
    {
        using var _ = html.Within("div");
        html.Element("dt", name);
        html.Element("dd", value, ("class", "value"));
        html.Element("dd", more);
    }

    private static string Rate(ExecutionPlan plan, double seconds) =>
        $"{Quantity.Count((long)Math.Round(plan.Batch.GlobalBatch / seconds))} samples/s";

    private static string Mesh(ExecutionPlan plan)
    {
        var axes = plan.Mesh.Axes.Where(axis => axis.Degree > 1).Select(axis => $"{axis.Name} {axis.Degree}").ToArray();
        var machines = plan.Hardware.MachineCount == 1 ? "" : $", on {plan.Hardware.MachineCount} machines";
        return axes.Length == 0 ? "one device" : string.Join(" \u00D7 ", axes) + machines;
    }

    private static string Engine(ExecutionPlan plan) => plan.Ranks.Length == 1
        ? "between devices"
        : plan.Engine.Kind == EngineKind.Threads ? "by threads of one process" : $"by {plan.Engine.Name.ToUpperInvariant()}";
}
