using System.Collections.Immutable;

namespace ParDsl.Compiler.Plans;

/// <summary>The ranks as a grid: the axes from the slowest to the fastest varying, and each one's degree.</summary>
public sealed record Mesh(ImmutableArray<MeshAxis> Axes)
{
    public int WorldSize => Axes.Aggregate(1, (product, axis) => product * axis.Degree);

    /// <summary>1 where there is no such axis.</summary>
    public int Degree(string axis) => Axes.Where(known => known.Name == axis).Select(known => known.Degree).SingleOrDefault(1);

    /// <summary>The coordinates of a rank, in the axes' order; the last one varies fastest.</summary>
    public ImmutableArray<int> Coordinates(int rank)
    {
        var coordinates = new int[Axes.Length];
        for (var axis = Axes.Length - 1; axis >= 0; axis--)
            (rank, coordinates[axis]) = Math.DivRem(rank, Axes[axis].Degree);
        return [.. coordinates];
    }

    /// <summary>The rank's coordinate on an axis; 0 where there is no such axis.</summary>
    public int Coordinate(int rank, string axis)
    {
        for (var index = 0; index < Axes.Length; index++)
        {
            if (Axes[index].Name == axis)
                return Coordinates(rank)[index];
        }

        return 0;
    }
}
