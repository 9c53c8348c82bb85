using ParDsl.Compiler.Costs;
using ParDsl.Compiler.Plans;

namespace ParDsl.Compiler.Printing.Pages.Runs;

/// <summary>What was measured beside what was predicted.</summary>
internal static class MeasuredSection
{
    public static void Write(HtmlWriter html, ExecutionPlan plan, MeasuredRun run)
    {
        using (html.Within("section", ("id", "measured")))
        {
            html.Element("h2", plan.Prediction is null && run.AllocatedBytes is null ? "Measured" : "Measured and predicted");
            if (run.StepSeconds is { } seconds)
                HtmlTable.Write(
                    html,
                    $"The median of {Quantity.Count(run.Updates)} updates of a whole batch",
                    plan.Prediction is null ? ["what", "measured"] : ["what", "predicted", "measured", "difference"],
                    [Time(plan, seconds), Rate(plan, run.SamplesPerSecond ?? plan.Batch.GlobalBatch / seconds)]);
            else
                html.Paragraph("Too few updates of a whole batch were done to time them.", "note");
            if (run.AllocatedBytes is { } allocated)
                HtmlTable.Write(
                    html,
                    "The most that all ranks had allocated at one time",
                    ["what", "predicted", "measured", "difference"],
                    [Memory(HeldTogether.Bytes(plan), allocated)]);
        }

        html.Line();
    }

    private static string[] Time(ExecutionPlan plan, double seconds) => plan.Prediction is { } prediction
        ? ["time of an update", Quantity.Seconds(prediction.Seconds), Quantity.Seconds(seconds), Quantity.Difference(prediction.Seconds, seconds)]
        : ["time of an update", Quantity.Seconds(seconds)];

    private static string[] Rate(ExecutionPlan plan, double measured)
    {
        if (plan.Prediction is not { } prediction)
            return ["samples a second", Whole(measured)];
        var predicted = plan.Batch.GlobalBatch / prediction.Seconds;
        return ["samples a second", Whole(predicted), Whole(measured), Quantity.Difference(predicted, measured)];
    }

    private static string[] Memory(long predicted, long measured) =>
        ["memory", ByteText.Of(predicted), ByteText.Of(measured), Quantity.Difference(predicted, measured)];

    private static string Whole(double number) => Quantity.Count((long)Math.Round(number));
}
