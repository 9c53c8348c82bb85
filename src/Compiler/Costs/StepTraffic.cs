using ParDsl.Compiler.Plans;

namespace ParDsl.Compiler.Costs;

/// <summary>
/// Where the ranks of a simulated step meet: messages that are under way, and collectives that more than one of them take part
/// in, which begin when the last of those has come.
/// </summary>
internal sealed class StepTraffic(StepOutline outline)
{
    private readonly Dictionary<Message, double> arrivals = [];

    /// <summary>The ranks that have come to a collective, by its group and number there.</summary>
    private readonly Dictionary<(int Group, int Number), List<double>> meetings = [];
    private readonly Dictionary<(int Rank, int Group), int> met = [];

    /// <summary>How many of the simulated ranks belong to a group.</summary>
    private readonly Dictionary<int, int> members = [];

    public void Send(Message message, double arrival) => arrivals[message] = arrival;

    /// <summary>When a message is there; null while it has not been sent.</summary>
    public double? Arrival(Message message) => arrivals.Remove(message, out var arrival) ? arrival : null;

    /// <summary>A rank has come to its next collective of a group.</summary>
    /// <returns>When all have: null before that.</returns>
    public Func<double?> Join(int rank, int group, double now)
    {
        var number = met.GetValueOrDefault((rank, group));
        met[(rank, group)] = number + 1;
        if (!meetings.TryGetValue((group, number), out var meeting))
            meetings.Add((group, number), meeting = []);
        meeting.Add(now);
        return () => meeting.Count < Members(group) ? null : meeting.Max();
    }

    /// <summary>The simulated ranks of a group: the others do as these do.</summary>
    public int Members(int group)
    {
        if (!members.TryGetValue(group, out var count))
            members.Add(group, count = outline.Ranks.Count(rank => outline.Group(group).Ranks.Contains(rank.Rank)));
        return count;
    }
}
