using ParDsl.Compiler.Plans;

namespace ParDsl.Compiler.Costs;

/// <summary>
/// What a rank needs, one after the other, to get through its list of actions: time of its own and moments that others settle.
/// Who simulates the step says when each is there.
/// </summary>
internal sealed class RankCourse
{
    private readonly StepTraffic traffic;
    private readonly IEnumerator<RankDemand> demands;

    public RankCourse(RankClock clock, StepTraffic traffic)
    {
        (Clock, this.traffic) = (clock, traffic);
        demands = clock.Actions.SelectMany(Through).GetEnumerator();
        Next();
    }

    public RankClock Clock { get; }

    /// <summary>What the rank needs now; null at the end of its list.</summary>
    public RankDemand? Demand { get; private set; }

    /// <summary>What was needed is there, and the clock stands where it was.</summary>
    public void Next() => Demand = demands.MoveNext() ? demands.Current : null;

    private IEnumerable<RankDemand> Through(PlanAction action)
    {
        if (Message.Received(Clock.Rank, action) is { } awaited)
            yield return new RankDemand.Moment(action, () => traffic.Arrival(awaited));
        var (work, seconds) = Clock.Times.Own(action);
        yield return new RankDemand.Work(action, work, seconds);
        foreach (var met in Meetings(action))
            yield return new RankDemand.Moment(action, met);
        foreach (var collective in IssuedCollective.Of(action))
        {
            if (collective.IsBackground && Clock.Times.Overlaps)
                Clock.Begin(action, collective);
            else
                yield return new RankDemand.Work(action, TimedWork.Move, Clock.Times.Move(collective) + Clock.Times.HandOver(collective));
        }

        if (Message.Sent(Clock.Rank, action) is { } sent)
            traffic.Send(sent, Clock.Now + Clock.Times.Move(sent));
        if (Clock.Awaited(action) is { } moment)
            yield return new RankDemand.Moment(action, () => moment);
    }

    /// <summary>The rank has done its own part of an action, and is ready for the others: all its meetings begin now.</summary>
    private Func<double?>[] Meetings(PlanAction action) =>
    [
        .. IssuedCollective.Of(action)
            .Where(collective => traffic.Members(collective.Group) > 1)
            .Select(collective => traffic.Join(Clock.Rank, collective.Group, Clock.Now)),
    ];
}
