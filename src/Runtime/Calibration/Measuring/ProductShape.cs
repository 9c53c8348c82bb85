using System.Collections.Immutable;

namespace ParDsl.Runtime.Calibration.Measuring;

/// <summary>A linear layer's sizes; rows are samples, or all places of all samples.</summary>
internal sealed record ProductShape(int Rows, int Inputs, int Outputs)
{
    public static readonly ProductShape Smallest = new(1, 1, 1);

    /// <summary>Of one of its products; a multiply-add counts 2.</summary>
    public double Operations => 2.0 * Rows * Inputs * Outputs;

    /// <summary>
    /// What all have the operations of a product of square matrices: the squares, the wide layer that sees few samples, and
    /// the narrow one that sees many.
    /// </summary>
    public static ImmutableArray<ProductShape> Like(int size) =>
        [new(size, size, size), new(size / 4, size * 2, size * 2), new(size * 4, size / 2, size / 2)];
}
