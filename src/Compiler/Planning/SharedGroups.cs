using System.Collections.Immutable;
using ParDsl.Compiler.Checked;
using ParDsl.Compiler.Plans;

namespace ParDsl.Compiler.Planning;

/// <summary>
/// The ranks that hold a tied parameter in common, since stages on several of them use it: each adds its part of the
/// gradient, and all make the same update.
/// </summary>
internal static class SharedGroups
{
    /// <summary>The parameters that more than one layer uses.</summary>
    public static IEnumerable<string> Names(CheckedModel model) =>
        model.Layers.SelectMany(layer => layer.Shared).Select(shared => shared.Name).Distinct();

    /// <summary>Groups for each such parameter and replica, behind those of the mesh.</summary>
    public static ImmutableArray<GroupPlan> Of(
        CheckedModel model, Mesh mesh, ImmutableArray<StageRange> stages, ImmutableArray<GroupPlan> meshGroups)
    {
        var groups = ImmutableArray.CreateBuilder<GroupPlan>();
        foreach (var name in Names(model))
        {
            foreach (var line in meshGroups.Where(group => group.Axis == MeshAxis.Pipeline))
            {
                var ranks = Holders(model, name, stages, line);
                if (ranks.Length > 1)
                    groups.Add(new GroupPlan(
                        meshGroups.Length + groups.Count,
                        $"{name} of replica {mesh.Coordinate(ranks[0], MeshAxis.Data)}",
                        GroupPlan.Shared,
                        ranks)
                    {
                        Parameter = name,
                    });
            }
        }

        return groups.ToImmutable();
    }

    private static ImmutableArray<int> Holders(
        CheckedModel model, string name, ImmutableArray<StageRange> stages, GroupPlan line) =>
    [
        .. model.Layers
            .Where(layer => HeldParameters.ReadBy(layer).Contains(name))
            .Select(layer => stages.Last(stage => stage.FirstLayer <= layer.Index).Stage % line.Ranks.Length)
            .Distinct()
            .Order()
            .Select(place => line.Ranks[place]),
    ];
}
