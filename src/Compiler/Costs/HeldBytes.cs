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
            var (levels, weights) = (Levels(rank, span.Action, before, bytes), Weights(times, span.Action));
            var (passed, total) = (0.0, weights.Sum());
            foreach (var (level, weight) in levels.Zip(weights))
            {
                yield return (span.Start + (total > 0 ? (span.End - span.Start) * passed / total : 0), level);
                passed += weight;
            }

            yield return (span.End, before = bytes.After);
        }
    }

    /// <summary>What is held while each layer of a pass works, in the order in which they do; of another action its most.</summary>
    private static ImmutableArray<long> Levels(RankPlan rank, PlanAction action, long before, ActionBytes bytes)
    {
        return action switch
        {
            PlanAction.Forward forward => Levels(rank.Passes[forward.Segment].Forward, before),
            PlanAction.Recompute again => Levels(rank.Passes[again.Segment].Forward, before),
            PlanAction.Backward backward => Levels(rank.Passes[backward.Segment].Backward.Reverse(), bytes.After),
            PlanAction.InputGradient backward => Levels(rank.Passes[backward.Segment].Backward.Reverse(), bytes.After),
            _ => [bytes.During],
        };

        // Beside the segment's own bytes there is what other passes keep; the least is what was there before, or is left.
        ImmutableArray<long> Levels(IEnumerable<long> own, long least)
        {
            var others = bytes.During - own.Max();
            return [.. own.Select(each => Math.Max(least, others + each))];
        }
    }

    /// <summary>How long each of these takes beside the others.</summary>
    private static ImmutableArray<double> Weights(ActionTimes times, PlanAction action) => action switch
    {
        PlanAction.Forward forward => [.. times.Layers(forward.Segment).Select(layer => layer.Forward)],
        PlanAction.Recompute again => [.. times.Layers(again.Segment).Select(layer => layer.Forward)],
        PlanAction.Backward backward => [.. times.Layers(backward.Segment).Reverse().Select(layer => layer.Backward)],
        PlanAction.InputGradient backward => [.. times.Layers(backward.Segment).Reverse().Select(layer => layer.Input)],
        _ => [1],
    };
}
