using System.Collections.Immutable;
using ParDsl.Compiler.Plans;

namespace ParDsl.Compiler.Planning.Laws;

/// <summary>Runs all ranks' lists of actions without computing anything, until all are through or none can go on.</summary>
internal sealed class ProgressSimulation(ExecutionPlan plan, ImmutableArray<ImmutableArray<PlanAction>> lists)
{
    private readonly int[] places = new int[lists.Length];
    private readonly HashSet<Message> sent = [];

    /// <summary>The actions passed and the collectives reached so far, by all ranks.</summary>
    private int progress;

    /// <summary>The collectives that each rank has reached, by group and channel; a rank's own by what they are.</summary>
    private readonly Dictionary<(int Rank, int Group, bool IsBackground), int> reached = [];
    private readonly Dictionary<(int Rank, string Subject), (int Group, bool IsBackground, int Number)> started = [];

    /// <summary>How many ranks have reached a collective, by its group, channel and order there.</summary>
    private readonly Dictionary<(int Group, bool IsBackground, int Order), int> arrived = [];

    /// <summary>Each collective that a rank has reached, by its action's place and its number there: its order in the channel.</summary>
    private readonly Dictionary<(int Rank, int Place, int Number), int> joined = [];

    /// <summary>The ranks that do not come to their end, each with the action that it waits in.</summary>
    public ImmutableArray<(int Rank, PlanAction Action)> Run()
    {
        int before;
        do
        {
            before = progress;
            for (var rank = 0; rank < lists.Length; rank++)
                Advance(rank);
        }
        while (progress > before);

        return
        [
            .. Enumerable.Range(0, lists.Length)
                .Where(rank => places[rank] < lists[rank].Length)
                .Select(rank => (rank, lists[rank][places[rank]])),
        ];
    }

    private void Advance(int rank)
    {
        while (places[rank] < lists[rank].Length && TryPass(rank, lists[rank][places[rank]]))
        {
            places[rank]++;
            progress++;
        }
    }

    private bool TryPass(int rank, PlanAction action)
    {
        if (Message.Sent(rank, action) is { } message)
            sent.Add(message);
        return action switch
        {
            PlanAction.ReceiveValue or PlanAction.ReceiveGradient => sent.Contains(Message.Received(rank, action)!),
            PlanAction.AwaitGradients wait => IsThrough(rank, $"bucket {wait.Bucket}"),
            PlanAction.AwaitParameters wait => IsThrough(rank, $"parameters of bucket {wait.Bucket}"),
            _ => TryCollectives(rank, action),
        };
    }

    /// <summary>All collectives of an action, one after the other: each is waited for unless it goes on in the background.</summary>
    private bool TryCollectives(int rank, PlanAction action)
    {
        var number = 0;
        foreach (var collective in IssuedCollective.Of(action))
        {
            var key = (rank, places[rank], number++);
            if (!Join(rank, key, collective) && !collective.IsBackground)
                return false;
        }

        return true;
    }

    /// <summary>Whether all partners have reached it too.</summary>
    private bool Join(int rank, (int Rank, int Place, int Number) key, IssuedCollective collective)
    {
        if (!joined.TryGetValue(key, out var order))
        {
            var channel = (rank, collective.Group, collective.IsBackground);
            order = reached.GetValueOrDefault(channel) + 1;
            reached[channel] = order;
            arrived[(collective.Group, collective.IsBackground, order)] =
                arrived.GetValueOrDefault((collective.Group, collective.IsBackground, order)) + 1;
            joined[key] = order;
            progress++;
            started[(rank, collective.Subject)] = (collective.Group, collective.IsBackground, order);
        }

        return HaveReached(collective.Group, collective.IsBackground, order);
    }

    /// <summary>A collective that an await names; one that was not in the background is through already.</summary>
    private bool IsThrough(int rank, string subject) =>
        started.TryGetValue((rank, subject), out var start) && HaveReached(start.Group, start.IsBackground, start.Number);

    private bool HaveReached(int group, bool isBackground, int order) =>
        group >= 0 && group < plan.Groups.Length
        && arrived.GetValueOrDefault((group, isBackground, order)) >= plan.Groups[group].Ranks.Length;
}
