using System.Collections.Immutable;
using ParDsl.Runtime.Ranks;
using ParDsl.Runtime.Ranks.Memory;

namespace ParDsl.Runtime.Training;

/// <summary>What a rank holds of one kind of state. The tensors stay the rank's.</summary>
internal delegate ImmutableArray<RankPart> RankState(Rank rank);

internal static class RankStates
{
    public static ImmutableArray<RankPart> Values(Rank rank) => [.. rank.Flat.Buckets.Select(bucket => Part(bucket.KeptValues))];

    public static ImmutableArray<FlatRun> Gradients(Rank rank) =>
        [.. rank.Flat.Buckets.Select(bucket => bucket.SummedGradients)];

    /// <summary>All that the optimizer remembers of the parameters, each state under its name: <c>exp_avg</c>.</summary>
    public static ImmutableArray<RankPart> Optimizer(Rank rank) => rank.Optimizer is not { } optimizer
        ? []
        :
        [
            .. optimizer.States.SelectMany(state => rank.Flat.Pieces.Zip(
                state.Value, (piece, elements) => new RankPart(state.Key, piece.ElementOffset, elements))),
        ];

    /// <summary>The optimizer's count of its updates, where it keeps one.</summary>
    public static ImmutableArray<RankPart> StepCount(Rank rank) =>
        rank.Optimizer?.StepCount is { } count ? [new RankPart("step", 0, count)] : [];

    /// <summary>What is kept but not learned, each under its own name.</summary>
    public static ImmutableArray<RankPart> Buffers(Rank rank) =>
        [.. rank.Buffers.Select(buffer => new RankPart(buffer.Key, 0, buffer.Value))];

    public static RankPart Part(FlatRun run) => new("", run.ElementOffset, run.Elements);
}
