using System.Collections.Immutable;
using ParDsl.Compiler.Plans;

namespace ParDsl.Compiler.Planning.Laws;

/// <summary>
/// Runs lists of actions without computing anything, until all are through or none can go on. The ranks that these ones stand
/// for are where they are: so a group has come when those of its ranks have that are run here.
/// </summary>
internal sealed class ProgressSimulation
{
    private readonly ImmutableArray<ProgressLane> lanes;
    private readonly HashSet<Message> sent = [];

    /// <summary>How many of a group's ranks are run here.</summary>
    private readonly ImmutableArray<int> members;

    /// <summary>How many ranks have reached a collective, by its group and channel, in its order there.</summary>
    private readonly Dictionary<(int Group, bool IsBackground), List<int>> arrived = [];

    /// <summary>How many ranks wait for a collective that went on in the background, or have done so, likewise.</summary>
    private readonly Dictionary<int, List<int>> awaited = [];

    /// <summary>The actions passed and the collectives reached so far, by all ranks.</summary>
    private int progress;

    public ProgressSimulation(ExecutionPlan plan, ImmutableArray<(int Rank, ImmutableArray<PlanAction> Actions)> lists)
    {
        lanes = [.. lists.Select(list => new ProgressLane(list.Rank, list.Actions))];
        var ranks = lists.Select(list => list.Rank).ToHashSet();
        members = [.. plan.Groups.Select(group => group.Ranks.Count(ranks.Contains))];
    }

    /// <summary>The ranks that do not come to their end, each with the action that it waits in.</summary>
    public ImmutableArray<(int Rank, PlanAction Action)> Run()
    {
        int before;
        do
        {
            before = progress;
            foreach (var lane in lanes)
                Advance(lane);
        }
        while (progress > before);

        return [.. lanes.Where(lane => lane.Current is not null).Select(lane => (lane.Rank, lane.Current!))];
    }

    private void Advance(ProgressLane lane)
    {
        while (lane.Current is { } action && TryPass(lane, action))
        {
            lane.Pass();
            progress++;
        }
    }

    private bool TryPass(ProgressLane lane, PlanAction action)
    {
        if (Message.Sent(lane.Rank, action) is { } message)
            sent.Add(message);
        return action switch
        {
            PlanAction.ReceiveValue or PlanAction.ReceiveGradient => sent.Contains(Message.Received(lane.Rank, action)!),
            PlanAction.AwaitGradients wait => IsThrough(lane, $"bucket {wait.Bucket}"),
            PlanAction.AwaitParameters wait => IsThrough(lane, $"parameters of bucket {wait.Bucket}"),
            _ => TryCollectives(lane),
        };
    }

    /// <summary>All collectives of an action, one after the other: each is waited for unless it goes on in the background.</summary>
    private bool TryCollectives(ProgressLane lane)
    {
        while (lane.Next is { } collective)
        {
            if (!lane.HasJoined)
                Arrive(collective, lane.Join(collective));
            if (!collective.IsBackground && !HaveReached(lane.Joined(collective.Subject)))
                return false;
            lane.Leave();
        }

        return true;
    }

    private void Arrive(IssuedCollective collective, int order)
    {
        if (!arrived.TryGetValue((collective.Group, collective.IsBackground), out var counts))
            arrived[(collective.Group, collective.IsBackground)] = counts = [];
        Count(counts, order);
    }

    private void Count(List<int> counts, int order)
    {
        while (counts.Count <= order)
            counts.Add(0);
        counts[order]++;
        progress++;
    }

    /// <summary>
    /// A collective that an await names; one that was not in the background is through already. A rank may do it there, so all
    /// of its group must come to their awaits, though to have started it would do where others do it.
    /// </summary>
    private bool IsThrough(ProgressLane lane, string subject) => lane.Joined(subject) switch
    {
        { IsBackground: true, Group: >= 0 } joined when joined.Group < members.Length => HaveComeToAwait(lane, joined.Group, joined.Order),
        var joined => HaveReached(joined),
    };

    private bool HaveComeToAwait(ProgressLane lane, int group, int order)
    {
        if (!awaited.TryGetValue(group, out var counts))
            awaited[group] = counts = [];
        if (lane.BeginsAwait())
            Count(counts, order);
        return counts[order] >= members[group];
    }

    private bool HaveReached((int Group, bool IsBackground, int Order)? joined) =>
        joined is { } collective
        && collective.Group >= 0 && collective.Group < members.Length
        && arrived[(collective.Group, collective.IsBackground)][collective.Order] >= members[collective.Group];
}
