using System.Collections.Immutable;
using ParDsl.Compiler.Plans;

namespace ParDsl.Compiler.Costs;

/// <summary>
/// What a rank holds of what comes and goes in an update, over the predicted time: an action's most while it works, and within a
/// pass what each layer needs, for as long as the layer takes.
/// </summary>
internal static class HeldBytes
{
    /// <summary>From which second on how many bytes are held, in the order of the rank's actions.</summary>
    /// <exception cref="ArgumentException">Nothing is known of the speed of the plan's hardware.</exception>
    public static IEnumerable<(double Time, long Bytes)> Of(ExecutionPlan plan, RankPrediction predicted)
    {
        var performance = plan.Hardware.Performance
            ?? throw new ArgumentException("Nothing is known of the hardware's speed.", nameof(plan));
        var rank = plan.Ranks[predicted.Rank];
        return Of(rank, predicted, new ActionTimes(StepOutline.Of(plan, [rank.Rank]), rank, performance));
    }

    private static IEnumerable<(double Time, long Bytes)> Of(RankPlan rank, RankPrediction predicted, ActionTimes times)
    {
        var before = 0L;
        foreach (var (span, bytes) in ActionSpan.Of(rank, predicted).Zip(rank.Activations))
        {
            var parts = Parts(rank, times, span.Action, before, bytes);
            var (passed, total) = (0.0, parts.Sum(part => part.Weight));
            foreach (var (level, weight) in parts)
            {
                yield return (span.Start + (total > 0 ? (span.End - span.Start) * passed / total : 0), level);
                passed += weight;
            }

            yield return (span.End, before = bytes.After);
        }
    }

    /// <summary>
    /// What is held while each layer of a pass works, in the order in which they do, and how long that takes beside the others; of
    /// another action its most.
    /// </summary>
    private static ImmutableArray<(long Level, double Weight)> Parts(
        RankPlan rank, ActionTimes times, PlanAction action, long before, ActionBytes bytes)
    {
        return action switch
        {
            PlanAction.Forward forward => Forward(forward.Segment),
            PlanAction.Recompute again => Forward(again.Segment),
            PlanAction.Backward backward => Backward(backward.Segment, layer => layer.Backward),
            PlanAction.InputGradient backward => Backward(backward.Segment, layer => layer.Input),
            _ => [(bytes.During, 1)],
        };

        ImmutableArray<(long, double)> Forward(int segment) =>
            [.. Levels(rank.Passes[segment].Forward, before).Zip(times.Layers(segment).Select(layer => layer.Forward))];

        ImmutableArray<(long, double)> Backward(int segment, Func<PassSeconds, double> seconds) =>
            [.. Levels(rank.Passes[segment].Backward, bytes.After).Zip(times.Layers(segment).Select(seconds)).Reverse()];

        // Beside the segment's own bytes there is what other passes keep; the least is what was there before, or is left.
        IEnumerable<long> Levels(ImmutableArray<long> own, long least)
        {
            var others = bytes.During - own.Max();
            return own.Select(each => Math.Max(least, others + each));
        }
    }
}
