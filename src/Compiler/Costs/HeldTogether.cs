using System.Collections.Immutable;
using ParDsl.Compiler.Plans;

namespace ParDsl.Compiler.Costs;

/// <summary>
/// The most that all ranks of a plan hold at one time, which is what a process holds where they are its threads. It is less than the
/// sum of what each needs, since the stages of a pipeline are at their peaks one after the other.
/// </summary>
public static class HeldTogether
{
    /// <summary>In the predicted course of an update; where nothing is known of the hardware's speed, the sum.</summary>
    public static long Bytes(ExecutionPlan plan)
    {
        var constant = plan.Ranks.Sum(rank => rank.Memory.TotalBytes - rank.Memory.ActivationBytes);
        return plan.Prediction is { } prediction
            ? constant + Activations(plan, prediction)
            : constant + plan.Ranks.Sum(rank => rank.Memory.ActivationBytes);
    }

    private static long Activations(ExecutionPlan plan, StepPrediction prediction)
    {
        // Of what happens at one moment a message comes first: its sender lets go of what it copied after it.
        var changes = Messages(plan, prediction).Concat(prediction.Ranks.SelectMany(rank => Changes(plan, rank)));
        var (now, peak) = (0L, 0L);
        foreach (var (_, bytes) in changes.OrderBy(change => change.Time))
        {
            now = checked(now + bytes);
            peak = Math.Max(peak, now);
        }

        return peak;
    }

    /// <summary>What ranks that do alike take and let go, without messages: of those more is known here than the most.</summary>
    private static IEnumerable<(double Time, long Bytes)> Changes(ExecutionPlan plan, RankPrediction rank)
    {
        var before = plan.Ranks[rank.Rank].WaitingMessageBytes;
        foreach (var (time, bytes) in HeldBytes.Of(plan, rank))
        {
            yield return (time, (bytes - before) * rank.Stands.Length);
            before = bytes;
        }
    }

    /// <summary>A message is a copy, from when its sender has made it until its receiver has one of its own.</summary>
    private static IEnumerable<(double Time, long Bytes)> Messages(ExecutionPlan plan, StepPrediction prediction)
    {
        var spans = prediction.Ranks.ToDictionary(rank => rank.Rank, rank => ActionSpan.Of(plan.Ranks[rank.Rank], rank).ToImmutableArray());
        var taken = spans
            .SelectMany(rank => rank.Value.Select(span => (Message: Message.Received(rank.Key, span.Action), span.End)))
            .Where(each => each.Message is not null)
            .ToDictionary(each => each.Message!, each => each.End);
        return prediction.Ranks.SelectMany(rank => spans[rank.Rank].SelectMany(span =>
            Message.Sent(rank.Rank, span.Action) is { } sent
                ? (IEnumerable<(double, long)>)
                [
                    (span.End, sent.Bytes * rank.Stands.Length),
                    (taken[sent], -sent.Bytes * rank.Stands.Length),
                ]
                : []));
    }
}
