using System.Collections.Immutable;
using ParDsl.Compiler.Hardware.Performance;
using ParDsl.Compiler.Plans;

namespace ParDsl.Compiler.Costs;

/// <summary>
/// Lets ranks do the actions of their lists in order, each as long as it takes there, until all are through: a message is
/// there when it has travelled, a collective begins when the last of its ranks has come, and ranks that share cores have more
/// of them while others wait. So idle stages, overlap and stragglers come out of the lists that run.
/// </summary>
internal sealed class StepSimulation
{
    private readonly StepOutline outline;
    private readonly ImmutableArray<RankClock> clocks;

    /// <summary>Null where each rank has a device or a core of its own.</summary>
    private readonly SharedCores? cores;
    private readonly Dictionary<Message, double> arrivals = [];

    /// <summary>By the group and the collective's number there.</summary>
    private readonly Dictionary<(int Group, int Number), Meeting> meetings = [];
    private readonly Dictionary<(int Rank, int Group), int> met = [];

    /// <summary>How many of the simulated ranks belong to a group.</summary>
    private readonly Dictionary<int, int> members = [];

    public StepSimulation(StepOutline outline, HardwarePerformance performance)
    {
        this.outline = outline;
        var areShared = SharedCores.Have(outline);
        clocks = [.. outline.Ranks.Select(rank => new RankClock(rank, new ActionTimes(outline, rank, performance), areShared))];
        cores = areShared ? new SharedCores(outline, clocks) : null;
    }

    /// <summary>How long the step has taken: until the last rank is through.</summary>
    public double Seconds => clocks.Max(clock => clock.Now);

    /// <summary>Each rank's actions with their times, for a plan that comes to its end.</summary>
    public ImmutableArray<ImmutableArray<PredictedAction>> Run()
    {
        var courses = clocks.Select(clock => (Clock: clock, Course: Course(clock))).ToArray();
        bool moved;
        do
        {
            moved = false;
            foreach (var (clock, course) in courses)
            {
                while (!clock.IsBusy && course.MoveNext() && course.Current)
                    moved = true;
            }
        }
        while (moved || cores?.Pass() == true);

        return courses.All(each => !each.Course.MoveNext())
            ? [.. clocks.Select(clock => clock.Done)]
            : throw new InvalidOperationException("A plan whose ranks wait for ever has no time.");
    }

    /// <summary>
    /// A rank's way through its list, which goes on whenever the rank is not busy: true where it has come further, false where it
    /// waits for others.
    /// </summary>
    private IEnumerator<bool> Course(RankClock clock)
    {
        foreach (var action in clock.Actions)
        {
            if (Message.Received(clock.Rank, action) is { } awaited)
            {
                foreach (var isFurther in Receive(clock, action, awaited))
                    yield return isFurther;
            }

            // The rank's own part of an action, after which it is ready for the others.
            var (work, seconds) = clock.Times.Own(action);
            clock.Spend(action, work, seconds);
            yield return true;

            foreach (var isFurther in TakePart(clock, action, [.. IssuedCollective.Of(action)]))
                yield return isFurther;

            if (Message.Sent(clock.Rank, action) is { } sent)
            {
                clock.Spend(action, TimedWork.Move, clock.Times.Copy(sent));
                yield return true;
                arrivals[sent] = clock.Now + clock.Times.Move(sent);
            }

            if (Awaited(action) is { } subject)
                clock.Await(action, subject);
            yield return true;
        }
    }

    private IEnumerable<bool> Receive(RankClock clock, PlanAction action, Message awaited)
    {
        double arrival;
        while (!arrivals.Remove(awaited, out arrival))
            yield return false;
        clock.WaitUntil(action, arrival);
        yield return true;
        clock.Spend(action, TimedWork.Move, clock.Times.Copy(awaited));
        yield return true;
    }

    private IEnumerable<bool> TakePart(RankClock clock, PlanAction action, ImmutableArray<IssuedCollective> collectives)
    {
        foreach (var meeting in collectives.Where(IsShared).Select(collective => Come(clock, collective)).ToArray())
        {
            // Those that came before have to hear of it before time passes.
            yield return true;
            while (!meeting.IsWhole)
                yield return false;
            clock.WaitUntil(action, meeting.Last);
            yield return true;
        }

        foreach (var collective in collectives)
        {
            Move(clock, action, collective);
            yield return true;
        }
    }

    /// <summary>Tells the other simulated ranks of a collective that this one is there, and where they meet.</summary>
    private Meeting Come(RankClock clock, IssuedCollective collective)
    {
        var number = met.GetValueOrDefault((clock.Rank, collective.Group));
        met[(clock.Rank, collective.Group)] = number + 1;
        if (!meetings.TryGetValue((collective.Group, number), out var meeting))
            meetings.Add((collective.Group, number), meeting = new Meeting(Members(collective.Group)));
        meeting.Come(clock.Now);
        return meeting;
    }

    private static void Move(RankClock clock, PlanAction action, IssuedCollective collective)
    {
        if (collective.IsBackground && clock.Times.Overlaps)
            clock.Begin(action, collective);
        else
            clock.Spend(action, TimedWork.Move, clock.Times.Move(collective) + clock.Times.HandOver(collective));
    }

    /// <summary>What an action waits for that goes on in the background; null where it waits for nothing.</summary>
    private static string? Awaited(PlanAction action) => action switch
    {
        PlanAction.AwaitGradients gradients => $"bucket {gradients.Bucket}",
        PlanAction.AwaitParameters parameters => $"parameters of bucket {parameters.Bucket}",
        _ => null,
    };

    private bool IsShared(IssuedCollective collective) => Members(collective.Group) > 1;

    private int Members(int group)
    {
        if (!members.TryGetValue(group, out var count))
            members.Add(group, count = clocks.Count(clock => outline.Group(group).Ranks.Contains(clock.Rank)));
        return count;
    }

    /// <summary>A collective of several simulated ranks.</summary>
    private sealed class Meeting(int members)
    {
        private int come;

        /// <summary>Whether all are there.</summary>
        public bool IsWhole => come == members;

        /// <summary>When the last of those came who are there.</summary>
        public double Last { get; private set; }

        public void Come(double time)
        {
            come++;
            Last = Math.Max(Last, time);
        }
    }
}
