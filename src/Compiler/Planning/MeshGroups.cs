using System.Collections.Immutable;
using ParDsl.Compiler.Plans;

namespace ParDsl.Compiler.Planning;

/// <summary>
/// The groups of a mesh: for each axis with more than one rank, one for every combination of the other coordinates; and the
/// world, where no axis has all ranks.
/// </summary>
internal static class MeshGroups
{
    /// <summary>The tensor ranks lie next to each other: they speak most. Axes of one rank are left out, but for data.</summary>
    public static Mesh Mesh(Degrees degrees) => new(
    [
        new MeshAxis(MeshAxis.Data, degrees.Data),
        .. degrees.Pipeline > 1 ? (MeshAxis[])[new MeshAxis(MeshAxis.Pipeline, degrees.Pipeline)] : [],
        .. degrees.Tensor > 1 ? (MeshAxis[])[new MeshAxis(MeshAxis.Tensor, degrees.Tensor)] : [],
    ]);

    public static ImmutableArray<GroupPlan> Of(Mesh mesh)
    {
        var groups = ImmutableArray.CreateBuilder<GroupPlan>();
        foreach (var axis in mesh.Axes.Where(axis => axis.Degree > 1))
        {
            foreach (var ranks in Lines(mesh, axis.Name))
                groups.Add(new GroupPlan(groups.Count, Name(mesh, axis.Name, ranks[0]), axis.Name, ranks));
        }

        if (mesh.Axes.Count(axis => axis.Degree > 1) == 3)
        {
            foreach (var ranks in Replicas(mesh))
                groups.Add(new GroupPlan(
                    groups.Count, $"replica {mesh.Coordinate(ranks[0], MeshAxis.Data)}", GroupPlan.Replica, ranks));
        }

        if (mesh.WorldSize > 1 && mesh.Axes.All(axis => axis.Degree < mesh.WorldSize))
            groups.Add(new GroupPlan(groups.Count, GroupPlan.World, GroupPlan.World, [.. Enumerable.Range(0, mesh.WorldSize)]));
        return groups.ToImmutable();
    }

    /// <summary>
    /// The groups that the ranks of one pipeline belong to: as many for a thousand replicas as for one.
    /// </summary>
    /// <param name="line">The pipeline's ranks, by their places.</param>
    public static ImmutableArray<GroupPlan> Of(Mesh mesh, ImmutableArray<int> line)
    {
        var groups = ImmutableArray.CreateBuilder<GroupPlan>();
        var stride = mesh.WorldSize;
        foreach (var axis in mesh.Axes)
        {
            stride /= axis.Degree;
            if (axis.Degree == 1)
                continue;
            foreach (var rank in axis.Name == MeshAxis.Pipeline ? line[..1] : line)
                Add(axis.Name, Line(rank - (mesh.Coordinate(rank, axis.Name) * stride), axis.Degree));
        }

        var replica = mesh.WorldSize / mesh.Degree(MeshAxis.Data);
        if (mesh.Axes.Count(axis => axis.Degree > 1) == 3)
            Add(GroupPlan.Replica, Enumerable.Range(line[0] / replica * replica, replica));
        if (mesh.WorldSize > 1 && mesh.Axes.All(axis => axis.Degree < mesh.WorldSize))
            Add(GroupPlan.World, Enumerable.Range(0, mesh.WorldSize));
        return groups.ToImmutable();

        IEnumerable<int> Line(int first, int degree) => Enumerable.Range(0, degree).Select(place => first + (place * stride));

        void Add(string axis, IEnumerable<int> ranks) => groups.Add(new GroupPlan(groups.Count, axis, axis, [.. ranks]));
    }

    /// <summary>The group of all ranks; null for a single one.</summary>
    public static GroupPlan? World(ImmutableArray<GroupPlan> groups, int worldSize) =>
        groups.FirstOrDefault(group => group.Ranks.Length == worldSize);

    /// <summary>The ranks that hold a model together, on two axes.</summary>
    private static IEnumerable<ImmutableArray<int>> Replicas(Mesh mesh) => Enumerable
        .Range(0, mesh.WorldSize)
        .GroupBy(rank => mesh.Coordinate(rank, MeshAxis.Data))
        .Select(replica => replica.ToImmutableArray());

    /// <summary>The ranks that differ in one coordinate only.</summary>
    private static IEnumerable<ImmutableArray<int>> Lines(Mesh mesh, string axis) => Enumerable
        .Range(0, mesh.WorldSize)
        .GroupBy(rank => string.Join(',', Others(mesh, axis, rank)))
        .Select(line => line.ToImmutableArray());

    private static string Name(Mesh mesh, string axis, int rank)
    {
        var others = Others(mesh, axis, rank).ToArray();
        return others.Length == 0 ? axis : $"{axis} at {string.Join(", ", others)}";
    }

    /// <summary>The rank's other coordinates in words, those of axes of one rank left out.</summary>
    private static IEnumerable<string> Others(Mesh mesh, string axis, int rank) => mesh.Axes
        .Where(other => other.Name != axis && other.Degree > 1)
        .Select(other => $"{other.Name} {mesh.Coordinate(rank, other.Name)}");
}
