using System.Collections.Immutable;

namespace ParDsl.Benchmarks.Comparisons;

/// <summary>
/// A named comparison. The ratio is the first side's rate over the second's; a third side is there for information.
/// </summary>
internal sealed record Comparison(string Name, ImmutableArray<Side> Sides);
