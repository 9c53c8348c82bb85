using System.Collections.Immutable;

namespace ParDsl.Runtime.Checkpoints;

/// <summary>What the running epoch has summed up so far, by <c>loss</c> and the metrics' names.</summary>
/// <param name="SampleCount">The samples that the sums go over.</param>
public sealed record EpochState(long SampleCount, ImmutableSortedDictionary<string, double> Sums)
{
    public static readonly EpochState Empty = new(0, ImmutableSortedDictionary<string, double>.Empty);
}
