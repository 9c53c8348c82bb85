using System.Collections.Immutable;

namespace ParDsl.Compiler.Plans;

/// <summary>The ranks as a grid: the axes from the slowest to the fastest varying, and each one's degree.</summary>
public sealed record Mesh(ImmutableArray<MeshAxis> Axes)
{
    public int WorldSize => Axes.Aggregate(1, (product, axis) => product * axis.Degree);
}
