using System.Collections.Immutable;
using ParDsl.Compiler.Plans;

namespace ParDsl.Compiler.Costs;

/// <summary>One rank in a simulated step: its time, and what it has done.</summary>
internal sealed class RankClock(RankPlan rank, ActionTimes times)
{
    private readonly ImmutableArray<PredictedAction>.Builder done = ImmutableArray.CreateBuilder<PredictedAction>();

    /// <summary>When what goes on in the background is through, by its subject; and when its channel is free.</summary>
    private readonly Dictionary<string, double> ends = [];
    private double channelFree;

    public int Rank => rank.Rank;

    public double Now { get; private set; }

    public ActionTimes Times => times;

    public ImmutableArray<PlanAction> Actions => rank.Update;

    public ImmutableArray<PredictedAction> Done => done.ToImmutable();

    public void Spend(PlanAction action, TimedWork work, double seconds)
    {
        if (seconds <= 0)
            return;
        done.Add(new PredictedAction(action, work, Now, Now + seconds, false));
        Now += seconds;
    }

    public void WaitUntil(PlanAction action, double time) => Spend(action, TimedWork.Wait, time - Now);

    /// <summary>Bytes that move beside the rank's work, one collective after the other.</summary>
    public void Begin(PlanAction action, IssuedCollective collective)
    {
        var start = Math.Max(Now, channelFree);
        channelFree = start + times.Move(collective);
        ends[collective.Subject] = channelFree;
        done.Add(new PredictedAction(action, TimedWork.Move, start, channelFree, true));
    }

    /// <summary>
    /// When what an action awaits is through; null for an action that awaits nothing, or what was not in the background and
    /// is through already.
    /// </summary>
    public double? Awaited(PlanAction action) => action switch
    {
        PlanAction.AwaitGradients gradients => End($"bucket {gradients.Bucket}"),
        PlanAction.AwaitParameters parameters => End($"parameters of bucket {parameters.Bucket}"),
        _ => null,
    };

    private double? End(string subject) => ends.TryGetValue(subject, out var end) ? end : null;
}
