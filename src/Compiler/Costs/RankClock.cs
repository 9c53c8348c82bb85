using System.Collections.Immutable;
using ParDsl.Compiler.Plans;

namespace ParDsl.Compiler.Costs;

/// <summary>One rank in a simulated step: its time, its place in its list, and what it has done.</summary>
internal sealed class RankClock(RankPlan rank, ActionTimes times)
{
    private readonly ImmutableArray<PredictedAction>.Builder done = ImmutableArray.CreateBuilder<PredictedAction>();

    /// <summary>When what goes on in the background is through, by its subject; and when its channel is free.</summary>
    private readonly Dictionary<string, double> ends = [];
    private double channelFree;

    public int Rank => rank.Rank;

    public double Now { get; private set; }

    public int Place { get; set; }

    /// <summary>Whether the rank has done its own part of the next action, and waits for others.</summary>
    public bool HasBegun { get; set; }

    public ActionTimes Times => times;

    /// <summary>The action that is next; null at the end.</summary>
    public PlanAction? Next => Place < rank.Update.Length ? rank.Update[Place] : null;

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

    /// <summary>What an await names that was not in the background is through already.</summary>
    public void Await(PlanAction action, string subject) => WaitUntil(action, ends.GetValueOrDefault(subject));
}
