using System.Collections.Immutable;
using ParDsl.Runtime.Ranks;
using ParDsl.Runtime.Ranks.Memory;

namespace ParDsl.Runtime.Training;

/// <summary>What a rank holds of one kind of state, as runs of its flat buffer. The tensors stay the rank's.</summary>
internal delegate ImmutableArray<FlatRun> RankState(Rank rank);

internal static class RankStates
{
    public static ImmutableArray<FlatRun> Values(Rank rank) => [.. rank.Flat.Buckets.Select(bucket => bucket.KeptValues)];

    public static ImmutableArray<FlatRun> Gradients(Rank rank) =>
        [.. rank.Flat.Buckets.Select(bucket => bucket.SummedGradients)];

    /// <summary>The optimizer's state of that name: <c>exp_avg</c>.</summary>
    public static RankState Optimizer(string name) => rank => rank.Optimizer is { } optimizer
        ? [.. rank.Flat.Pieces.Zip(optimizer.States[name], (piece, state) => new FlatRun(piece.ElementOffset, state))]
        : [];
}
