using System.Collections.Immutable;

namespace ParDsl.Compiler.Plans;

/// <summary>
/// A run of parameters whose gradients lie side by side in the rank's flat buffer and are reduced together. Buckets, and the
/// parameters in them, are in reverse layer order: the order in which backward completes them.
/// </summary>
/// <param name="ElementOffset">Where the bucket starts in the flat buffer.</param>
/// <param name="ElementCount">
/// Its elements, padding included: where it is sharded, a multiple of the data degree, so that all shards are equal.
/// </param>
public sealed record GradientBucket(int Index, long ElementOffset, long ElementCount, ImmutableArray<PlacedParameter> Parameters);
