using System.Collections.Immutable;

namespace ParDsl.Compiler.Hardware.Performance;

/// <summary>
/// What products with a weight ask for to pack their operands into, where that was measured: it depends on the processor, and
/// whether a product packs at all on its every size.
/// </summary>
public sealed class PanelSizes : IEquatable<PanelSizes>
{
    public static readonly PanelSizes None = new([]);

    /// <summary>Of a product with so many times the rows of a measured one, or so few, nothing is known.</summary>
    private const double MostTimes = 2;

    /// <summary>By the product with 0 rows, then by growing rows.</summary>
    private readonly ImmutableDictionary<WeightProduct, ImmutableArray<(long Rows, long Bytes)>> byRows;

    /// <param name="measured">Each product once, with the bytes that it asks for, of all threads together.</param>
    public PanelSizes(IEnumerable<(WeightProduct Product, long Bytes)> measured) => byRows = measured
        .GroupBy(each => each.Product with { Rows = 0 })
        .ToImmutableDictionary(
            alike => alike.Key,
            alike => alike.Select(each => (each.Product.Rows, each.Bytes)).OrderBy(each => each.Rows).ToImmutableArray());

    public bool IsEmpty => byRows.IsEmpty;

    /// <summary>All that was measured, always in the same order.</summary>
    public IEnumerable<(WeightProduct Product, long Bytes)> All => byRows
        .SelectMany(alike => alike.Value.Select(size => (Product: alike.Key with { Rows = size.Rows }, size.Bytes)))
        .OrderBy(each => each.Product.Precision)
        .ThenBy(each => each.Product.Threads)
        .ThenBy(each => each.Product.Inputs)
        .ThenBy(each => each.Product.Outputs)
        .ThenBy(each => each.Product.Kind)
        .ThenBy(each => each.Product.Rows);

    /// <summary>
    /// What a product asks for; of one that was measured with other numbers of rows, what the nearest of them does. Null where it
    /// was measured with none that is near.
    /// </summary>
    public long? Of(WeightProduct product)
    {
        if (!byRows.TryGetValue(product with { Rows = 0 }, out var sizes))
            return null;
        var after = sizes.AsSpan().BinarySearch((product.Rows, long.MinValue), Comparer<(long, long)>.Default);
        var next = ~after; // No size is so small, so none is found.
        var (below, above) = (next > 0 ? sizes[next - 1] : default, next < sizes.Length ? sizes[next] : default);
        var (less, more) = (Times(product.Rows, below.Rows), Times(above.Rows, product.Rows));
        return Math.Min(less, more) > MostTimes ? null : less < more ? below.Bytes : above.Bytes;
    }

    /// <summary>Both; of the same product what is newer.</summary>
    public PanelSizes With(PanelSizes newer) =>
        new(newer.All.Concat(All).DistinctBy(each => each.Product));

    public bool Equals(PanelSizes? other) =>
        ReferenceEquals(this, other) || (other is not null && All.SequenceEqual(other.All));

    public override bool Equals(object? obj) => Equals(obj as PanelSizes);

    public override int GetHashCode() => byRows.Count;

    /// <summary>How many times as large one number is; without bounds where one is missing.</summary>
    private static double Times(long larger, long smaller) =>
        larger > 0 && smaller > 0 ? (double)larger / smaller : double.PositiveInfinity;
}
