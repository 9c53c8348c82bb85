using System.Collections.Immutable;
using ParDsl.Compiler.Plans;

namespace ParDsl.Compiler.Planning.Programs;

/// <summary>The group of an axis that a rank belongs to, found at once: a thousand ranks have hundreds of groups.</summary>
internal sealed class GroupIndex
{
    private readonly Dictionary<(int Rank, string Axis), GroupPlan> groups = [];

    /// <summary>Of several groups of one axis that a rank belongs to, the first counts.</summary>
    public GroupIndex(ImmutableArray<GroupPlan> groups)
    {
        foreach (var group in groups)
        {
            foreach (var rank in group.Ranks)
                this.groups.TryAdd((rank, group.Axis), group);
        }
    }

    public GroupPlan? Of(int rank, string axis) => groups.GetValueOrDefault((rank, axis));
}
