using System.Globalization;
using ParDsl.Compiler.Costs;
using ParDsl.Compiler.Plans;
using ParDsl.Compiler.Printing.Pages.Runs;

namespace ParDsl.Compiler.Printing.Pages.Timelines;

/// <summary>What a rank's bars say. A pass is told without its collectives, which have tables of their own.</summary>
internal sealed class BarWords(ExecutionPlan plan, RankPlan rank)
{
    private readonly ActionPhrase phrase = new(plan, rank);

    public TimelineBar Bar(PredictedAction predicted)
    {
        var color = ActionColors.Of(predicted);
        return Bar(color, Words(predicted, color), predicted.Action, predicted.Start, predicted.End, predicted.IsBackground);
    }

    public TimelineBar Bar(MeasuredAction measured) => Bar(
        ActionColors.Of(measured.Action), Words(measured.Action), measured.Action, measured.Start, measured.End, isBackground: false);

    private static TimelineBar Bar(
        ActionColor color, string words, PlanAction action, double start, double end, bool isBackground)
    {
        var isPass = color is ActionColor.Forward or ActionColor.Recompute or ActionColor.Backward or ActionColor.WeightGradient;
        return new TimelineBar(
            color, words, isPass && action.MicroBatchOf() is { } microBatch ? Number(microBatch) : "", start, end, isBackground);
    }

    private string Words(PredictedAction predicted, ActionColor color) => color switch
    {
        ActionColor.Wait when predicted.Action is not (PlanAction.AwaitGradients or PlanAction.AwaitParameters) =>
            $"wait before: {Words(predicted.Action)}",
        ActionColor.Collective when predicted.Action is PlanAction.Forward or PlanAction.Recompute or PlanAction.Backward
            or PlanAction.InputGradient => $"collectives in: {Words(predicted.Action)}",
        _ => Words(predicted.Action),
    };

    private string Words(PlanAction action) => action switch
    {
        PlanAction.Forward forward => Pass("forward", forward.MicroBatch, forward.Segment),
        PlanAction.Recompute again => Pass("recompute", again.MicroBatch, again.Segment),
        PlanAction.Backward backward => Pass("backward", backward.MicroBatch, backward.Segment),
        PlanAction.InputGradient backward => Pass("input gradient", backward.MicroBatch, backward.Segment),
        PlanAction.WeightGradient late => Pass("weight gradient", late.MicroBatch, late.Segment),
        _ => phrase.Of(action, Number(action.MicroBatchOf() ?? 0)),
    };

    private string Pass(string what, int microBatch, int segment) =>
        $"{what} of micro-batch {microBatch}{(rank.Segments.Length == 1 ? "" : $", segment {segment}")}";

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
