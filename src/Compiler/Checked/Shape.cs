using System.Collections.Immutable;
using System.Globalization;

namespace ParDsl.Compiler.Checked;

/// <summary>The size of one sample's value in each dimension, without the batch dimension. A scalar has none.</summary>
public sealed record Shape(ImmutableArray<long> Sizes)
{
    public static Shape Of(params ReadOnlySpan<long> sizes) => new([.. sizes]);

    public int DimensionCount => Sizes.Length;

    /// <summary>How many numbers one sample holds: the sizes' product, 1 for a scalar.</summary>
    public long ElementCount => Sizes.Aggregate(1L, (product, size) => checked(product * size));

    public bool Equals(Shape? other) => other is not null && Sizes.SequenceEqual(other.Sizes);

    public override int GetHashCode() => Sizes.Aggregate(17, HashCode.Combine);

    public override string ToString() =>
        $"[{string.Join(", ", Sizes.Select(size => size.ToString(CultureInfo.InvariantCulture)))}]";
}
