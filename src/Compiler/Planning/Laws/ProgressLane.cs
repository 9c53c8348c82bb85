using System.Collections.Immutable;
using ParDsl.Compiler.Plans;

namespace ParDsl.Compiler.Planning.Laws;

/// <summary>How far a rank is in its list of actions, and which collectives it has reached.</summary>
internal sealed class ProgressLane
{
    private readonly ImmutableArray<PlanAction> actions;
    private readonly Dictionary<(int Group, bool IsBackground), int> reached = [];
    private readonly Dictionary<string, (int Group, bool IsBackground, int Order)> joined = [];

    private int place = -1;
    private ImmutableArray<IssuedCollective> issued = [];
    private int number;
    private bool isAwaiting;

    public ProgressLane(int rank, ImmutableArray<PlanAction> actions)
    {
        (Rank, this.actions) = (rank, actions);
        Pass();
    }

    public int Rank { get; }

    /// <summary>Null where all is done.</summary>
    public PlanAction? Current => place < actions.Length ? actions[place] : null;

    /// <summary>The collective of the current action that comes next; null where all of them are through or under way.</summary>
    public IssuedCollective? Next => number < issued.Length ? issued[number] : null;

    /// <summary>Whether the rank has reached that one already, and waits for the others.</summary>
    public bool HasJoined { get; private set; }

    /// <summary>On to the next action.</summary>
    public void Pass()
    {
        place++;
        isAwaiting = false;
        (issued, number) = (Current is { } action ? [.. IssuedCollective.Of(action)] : [], 0);
    }

    /// <summary>Reaches the next collective, and gives its order in its group's channel.</summary>
    public int Join(IssuedCollective collective)
    {
        var channel = (collective.Group, collective.IsBackground);
        var order = reached.GetValueOrDefault(channel);
        reached[channel] = order + 1;
        joined[collective.Subject] = (collective.Group, collective.IsBackground, order);
        HasJoined = true;
        return order;
    }

    /// <summary>On to the action's next collective.</summary>
    public void Leave() => (number, HasJoined) = (number + 1, false);

    /// <summary>Whether the rank has just come to the current action, which waits.</summary>
    public bool BeginsAwait()
    {
        var begins = !isAwaiting;
        isAwaiting = true;
        return begins;
    }

    /// <summary>The latest collective of a subject that the rank has reached; null where there is none.</summary>
    public (int Group, bool IsBackground, int Order)? Joined(string subject) =>
        joined.TryGetValue(subject, out var collective) ? collective : null;
}
