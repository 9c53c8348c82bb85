using System.Collections.Immutable;
using ParDsl.Compiler.Plans;

namespace ParDsl.Compiler.Costs;

/// <summary>One rank in a simulated step: its time and what it has done.</summary>
/// <param name="sharesCores">
/// Whether how long its work takes depends on what others do meanwhile: it is busy then, until <see cref="Pass"/> lets time
/// pass. Other ranks go on at once.
/// </param>
internal sealed class RankClock(RankPlan rank, ActionTimes times, bool sharesCores)
{
    private readonly ImmutableArray<PredictedAction>.Builder done = ImmutableArray.CreateBuilder<PredictedAction>();

    /// <summary>When what goes on in the background is through, by its subject; and when its channel is free.</summary>
    private readonly Dictionary<string, double> ends = [];
    private double channelFree;
    private (PlanAction Action, TimedWork Work)? at;
    private double left;
    private double until;

    public int Rank => rank.Rank;

    public double Now { get; private set; }

    public ActionTimes Times => times;

    public ImmutableArray<PlanAction> Actions => rank.Update;

    public ImmutableArray<PredictedAction> Done => done.ToImmutable();

    /// <summary>Whether it is at something that needs time to pass.</summary>
    public bool IsBusy => at is not null;

    /// <summary>Whether it needs a core for that.</summary>
    public bool NeedsCore => at is { Work: not TimedWork.Wait };

    /// <summary>How long it is at that at most, at a speed of 1 if it needs a core.</summary>
    /// <param name="now">The time, which may be later than its own: that stands still while it waits for it knows not what.</param>
    public double Left(double now) => NeedsCore ? left : Math.Max(0, until - now);

    public void Spend(PlanAction action, TimedWork work, double seconds)
    {
        if (seconds <= 0)
            return;
        (at, left, until) = ((action, work), seconds, Now + seconds);
        if (!sharesCores)
            End(until);
    }

    public void WaitUntil(PlanAction action, double time) => Spend(action, TimedWork.Wait, time - Now);

    /// <param name="work">What is done of what it is at.</param>
    /// <param name="now">The time before.</param>
    /// <param name="then">And after it.</param>
    public void Pass(double work, double now, double then)
    {
        if (work >= Left(now))
            End(then);
        else
            left -= work;
    }

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

    private void End(double time)
    {
        var (action, work) = at!.Value;
        done.Add(new PredictedAction(action, work, Now, time, false));
        (at, Now) = (null, time);
    }
}
