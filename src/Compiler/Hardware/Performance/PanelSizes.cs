using System.Collections.Immutable;

namespace ParDsl.Compiler.Hardware.Performance;

/// <summary>
/// What products with a weight ask for to pack their operands into, where that was measured: it depends on the processor, and
/// whether a product packs at all on its every size.
/// </summary>
public sealed class PanelSizes : IEquatable<PanelSizes>
{
    public static readonly PanelSizes None = new([]);

    /// <summary>By the product with 0 rows, then by rows.</summary>
    private readonly ImmutableDictionary<WeightProduct, ImmutableSortedDictionary<long, long>> byRows;

    /// <param name="measured">Each product once, with the bytes that it asks for, of all threads together.</param>
    public PanelSizes(IEnumerable<(WeightProduct Product, long Bytes)> measured) => byRows = measured
        .GroupBy(each => each.Product with { Rows = 0 })
        .ToImmutableDictionary(
            alike => alike.Key,
            alike => alike.ToImmutableSortedDictionary(each => each.Product.Rows, each => each.Bytes));

    public bool IsEmpty => byRows.IsEmpty;

    /// <summary>All that was measured, always in the same order.</summary>
    public IEnumerable<(WeightProduct Product, long Bytes)> All => byRows
        .SelectMany(alike => alike.Value.Select(size => (Product: alike.Key with { Rows = size.Key }, Bytes: size.Value)))
        .OrderBy(each => each.Product.Precision)
        .ThenBy(each => each.Product.Threads)
        .ThenBy(each => each.Product.Inputs)
        .ThenBy(each => each.Product.Outputs)
        .ThenBy(each => each.Product.Kind)
        .ThenBy(each => each.Product.Rows);

    /// <summary>
    /// What a product asks for; of one that was measured with other numbers of rows, what the nearest of them does. Null where it
    /// was measured with none.
    /// </summary>
    public long? Of(WeightProduct product) => byRows.TryGetValue(product with { Rows = 0 }, out var sizes)
        ? sizes.MinBy(size => Math.Abs(Math.Log((double)size.Key / product.Rows))).Value
        : null;

    /// <summary>Both; of the same product what is newer.</summary>
    public PanelSizes With(PanelSizes newer) =>
        new(newer.All.Concat(All).DistinctBy(each => each.Product));

    public bool Equals(PanelSizes? other) =>
        ReferenceEquals(this, other) || (other is not null && All.SequenceEqual(other.All));

    public override bool Equals(object? obj) => Equals(obj as PanelSizes);

    public override int GetHashCode() => byRows.Count;
}
