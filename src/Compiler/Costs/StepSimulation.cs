using System.Collections.Immutable;
using ParDsl.Compiler.Hardware.Performance;
using ParDsl.Compiler.Plans;

namespace ParDsl.Compiler.Costs;

/// <summary>
/// Lets ranks do the actions of their lists in order, each as long as it takes there, until all are through: a message is
/// there when it has travelled, a collective begins when the last of its ranks has come. So idle stages, overlap and
/// stragglers come out of the lists that run.
/// </summary>
internal sealed class StepSimulation
{
    private readonly StepOutline outline;
    private readonly ImmutableArray<RankClock> clocks;
    private readonly Dictionary<Message, double> arrivals = [];

    /// <summary>The ranks that have come to a collective of several, by its group and number there.</summary>
    private readonly Dictionary<(int Group, int Number), List<double>> meetings = [];
    private readonly Dictionary<(int Rank, int Group), int> met = [];

    /// <summary>How many of the simulated ranks belong to a group.</summary>
    private readonly Dictionary<int, int> members = [];

    public StepSimulation(StepOutline outline, HardwarePerformance performance)
    {
        this.outline = outline;
        clocks = [.. outline.Ranks.Select(rank => new RankClock(rank, new ActionTimes(outline, rank, performance)))];
    }

    /// <summary>How long the step has taken: until the last rank is through.</summary>
    public double Seconds => clocks.Max(clock => clock.Now);

    /// <summary>Each rank's actions with their times, for a plan that comes to its end.</summary>
    public ImmutableArray<ImmutableArray<PredictedAction>> Run()
    {
        bool moved;
        do
        {
            moved = false;
            foreach (var clock in clocks)
                moved |= Advance(clock);
        }
        while (moved);

        return clocks.All(clock => clock.Next is null)
            ? [.. clocks.Select(clock => clock.Done)]
            : throw new InvalidOperationException("A plan whose ranks wait for ever has no time.");
    }

    private bool Advance(RankClock clock)
    {
        var before = clock.Place;
        while (clock.Next is { } action && TryPass(clock, action))
            clock.Place++;
        return clock.Place > before;
    }

    private bool TryPass(RankClock clock, PlanAction action)
    {
        if (!clock.HasBegun && Message.Received(clock.Rank, action) is { } awaited)
        {
            if (!arrivals.Remove(awaited, out var arrival))
                return false;
            clock.WaitUntil(action, arrival);
        }

        if (!clock.HasBegun)
            Begin(clock, action);
        if (!HaveMet(clock, action))
            return false;
        Move(clock, action);
        clock.HasBegun = false;
        return true;
    }

    /// <summary>The rank's own part of an action, after which it is ready for the others.</summary>
    private void Begin(RankClock clock, PlanAction action)
    {
        var (work, seconds) = clock.Times.Own(action);
        clock.Spend(action, work, seconds);
        clock.HasBegun = true;
        foreach (var collective in Shared(action))
        {
            var number = met.GetValueOrDefault((clock.Rank, collective.Group));
            met[(clock.Rank, collective.Group)] = number + 1;
            if (!meetings.TryGetValue((collective.Group, number), out var meeting))
                meetings.Add((collective.Group, number), meeting = []);
            meeting.Add(clock.Now);
        }
    }

    /// <summary>Waits for the other simulated ranks of an action's collectives; false where some have not come yet.</summary>
    private bool HaveMet(RankClock clock, PlanAction action)
    {
        foreach (var collective in Shared(action))
        {
            var meeting = meetings[(collective.Group, met[(clock.Rank, collective.Group)] - 1)];
            if (meeting.Count < Members(collective.Group))
                return false;
            clock.WaitUntil(action, meeting.Max());
        }

        return true;
    }

    private void Move(RankClock clock, PlanAction action)
    {
        foreach (var collective in IssuedCollective.Of(action))
        {
            if (collective.IsBackground && clock.Times.Overlaps)
                clock.Begin(action, collective);
            else
                clock.Spend(action, TimedWork.Move, clock.Times.Move(collective) + clock.Times.HandOver(collective));
        }

        if (Message.Sent(clock.Rank, action) is { } sent)
            arrivals[sent] = clock.Now + clock.Times.Move(sent);
        if (action is PlanAction.AwaitGradients gradients)
            clock.Await(action, $"bucket {gradients.Bucket}");
        if (action is PlanAction.AwaitParameters parameters)
            clock.Await(action, $"parameters of bucket {parameters.Bucket}");
    }

    /// <summary>The collectives that more than one of the simulated ranks take part in.</summary>
    private IEnumerable<IssuedCollective> Shared(PlanAction action) =>
        IssuedCollective.Of(action).Where(collective => Members(collective.Group) > 1);

    private int Members(int group)
    {
        if (!members.TryGetValue(group, out var count))
            members.Add(group, count = clocks.Count(clock => outline.Group(group).Ranks.Contains(clock.Rank)));
        return count;
    }
}
