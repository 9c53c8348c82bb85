using System.Collections.Immutable;
using ParDsl.Compiler.Checked;
using ParDsl.Compiler.Hardware;
using ParDsl.Compiler.Planning.Programs;
using ParDsl.Compiler.Plans;

namespace ParDsl.Compiler.Planning;

/// <summary>
/// Plans one replica after the other. Nearly all do what an earlier one does, with other peers and groups: they are its images,
/// whose lists of actions are made when they are asked for.
/// </summary>
internal sealed class ReplicaPlanner(PlanContext context, ImmutableArray<DeviceDescription> devices)
{
    private readonly RankCuts cuts = new(context);
    private readonly int size = context.Degrees.WorldSize / context.Degrees.Data;

    private readonly Dictionary<(string Axis, string Parameter, int First), int> groups =
        context.Groups.ToDictionary(group => (group.Axis, group.Parameter, group.Ranks[0]), group => group.Index);

    public ImmutableArray<RankPlan> All()
    {
        var ranks = ImmutableArray.CreateBuilder<RankPlan>(devices.Length);
        var originals = new Dictionary<string, (int Replica, ImmutableArray<GroupPlan> Within)>(StringComparer.Ordinal);
        foreach (var replica in Enumerable.Range(0, context.Degrees.Data))
        {
            var own = Own(replica);
            if (originals.TryGetValue(own, out var original))
            {
                AddImages(ranks, Image(original.Replica, original.Within, replica), replica);
                continue;
            }

            originals.Add(own, (replica, Within(replica)));
            ranks.AddRange(Ranks(replica).Select(rank => RankPlanner.Plan(context, cuts.Of(rank), rank, devices[rank])));
        }

        return ranks.MoveToImmutable();
    }

    /// <summary>The ranks of a replica lie in a row: data is the slowest axis.</summary>
    private IEnumerable<int> Ranks(int replica) => Enumerable.Range(replica * size, size);

    /// <summary>All that replicas do not have in common: what of the partial gradients lies in the shards of each one's ranks.</summary>
    private string Own(int replica) => context.Shard == ShardLevel.None || context.Tensor.PartialGradients.IsEmpty
        ? ""
        : string.Join(',', Ranks(replica).Select(rank => cuts.Of(rank).Partial(context.Tensor).Elements(context.Degrees.Data, replica)));

    private void AddImages(ImmutableArray<RankPlan>.Builder ranks, ReplicaImage image, int replica)
    {
        foreach (var rank in Ranks(replica))
        {
            var (original, device) = (ranks[rank - image.Distance], devices[rank]);
            ranks.Add(original.In(image, context.Mesh.Coordinates(rank), device) with
            {
                Memory = cuts.Of(rank).Memory(context, original.Update, device),
            });
        }
    }

    /// <param name="within">The groups that only ranks of the original belong to.</param>
    private ReplicaImage Image(int original, ImmutableArray<GroupPlan> within, int replica)
    {
        var distance = (replica - original) * size;
        return new ReplicaImage(
            distance,
            within.ToImmutableDictionary(group => group.Index, group => groups[(group.Axis, group.Parameter, group.Ranks[0] + distance)]));
    }

    private ImmutableArray<GroupPlan> Within(int replica)
    {
        var ranks = Ranks(replica).ToHashSet();
        return [.. context.Groups.Where(group => group.Ranks.All(ranks.Contains))];
    }
}
