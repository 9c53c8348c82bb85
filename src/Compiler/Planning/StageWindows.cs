using System.Collections.Immutable;

namespace ParDsl.Compiler.Planning;

/// <summary>
/// Where each stage of a cut can end, if no stage is empty or costs more than the limit. Every end from the earliest to the
/// latest one is part of such a cut: layers cost no less than nothing, so what fits still fits without its last layer.
/// </summary>
/// <param name="Sums">What the layers before each one cost, and at the end what all do.</param>
/// <param name="Earliest">The earliest end of the first k stages, at k.</param>
/// <param name="Latest">The latest end of the first k stages, at k.</param>
internal sealed record StageWindows(
    ImmutableArray<long> Sums,
    long Limit,
    ImmutableArray<int> Earliest,
    ImmutableArray<int> Latest)
{
    public int StageCount => Latest.Length - 1;

    public int LayerCount => Sums.Length - 1;

    /// <summary>For a limit that a cut into so many stages can keep to.</summary>
    public static StageWindows Of(ImmutableArray<long> sums, int count, long limit) =>
        new(sums, limit, EarliestEnds(sums, count, limit), LatestEnds(sums, count, limit));

    private static ImmutableArray<int> LatestEnds(ImmutableArray<long> sums, int count, long limit)
    {
        var ends = new int[count + 1];
        for (var stage = 1; stage <= count; stage++)
        {
            var end = ends[stage - 1];
            while (end < sums.Length - 1 - (count - stage) && sums[end + 1] - sums[ends[stage - 1]] <= limit)
                end++;
            ends[stage] = end;
        }

        return [.. ends];
    }

    private static ImmutableArray<int> EarliestEnds(ImmutableArray<long> sums, int count, long limit)
    {
        var ends = new int[count + 1];
        ends[count] = sums.Length - 1;
        for (var stage = count; stage > 0; stage--)
        {
            var first = ends[stage];
            while (first > stage - 1 && sums[ends[stage]] - sums[first - 1] <= limit)
                first--;
            ends[stage - 1] = first;
        }

        return [.. ends];
    }
}
