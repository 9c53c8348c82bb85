using System.Collections.Immutable;
using System.Diagnostics;
using ParDsl.Compiler.Plans;

namespace ParDsl.Runtime.Timelines;

/// <summary>When one rank did what in the updates that <see cref="UpdateTimeline"/> is about; written on the rank's thread.</summary>
internal sealed class UpdateNotes
{
    private readonly List<TimedAction> noted = [];

    /// <summary>Where each whole update's actions end in the list; the first one's are not kept.</summary>
    private readonly List<int> ends = [0, 0];

    private int update;
    private bool isWithin;
    private bool isOver;
    private long start;

    public bool IsSilent => update == 0;

    public bool Has(long number) => number > 1 && number < ends.Count;

    public ImmutableArray<TimedAction> Of(long number) =>
        Has(number) ? [.. noted[ends[(int)number - 1]..ends[(int)number]]] : [];

    public void Before(RankPlan own, PlanAction action)
    {
        if (isOver)
            return;
        if (!isWithin && ReferenceEquals(action, own.Update[0]))
        {
            isWithin = true;
            update++;
            isOver = update > UpdateTimeline.LastUpdate;
        }

        start = Stopwatch.GetTimestamp();
    }

    public void After(RankPlan own, PlanAction action)
    {
        if (isOver || !isWithin)
            return;
        if (update > 1)
            noted.Add(new TimedAction(action, start, Stopwatch.GetTimestamp()));
        if (!ReferenceEquals(action, own.Update[^1]))
            return;
        isWithin = false;
        if (update > 1)
            ends.Add(noted.Count);
    }
}
