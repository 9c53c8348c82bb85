using System.Collections.Immutable;

namespace ParDsl.Compiler.Planning;

/// <summary>
/// Costs of layers in, the first layer of each stage out: the stages are contiguous, none is empty, and the largest one is
/// as small as it can be. Of all such cuts it is the most even one, so that one heavy layer does not leave the other stages
/// lopsided, and of equally even ones the one whose later stages are larger: an early stage holds more micro-batches.
/// </summary>
public static class StageBalance
{
    public static ImmutableArray<int> FirstLayers(ImmutableArray<long> costs, int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, costs.Length);
        foreach (var cost in costs)
            ArgumentOutOfRangeException.ThrowIfNegative(cost, nameof(costs));

        var sums = Sums(costs);
        return new EvenCut(StageWindows.Of(sums, count, LeastLimit(sums, count))).FirstLayers();
    }

    /// <summary>What the layers before each one cost, and at the end what all do.</summary>
    private static ImmutableArray<long> Sums(ImmutableArray<long> costs)
    {
        var sums = ImmutableArray.CreateBuilder<long>(costs.Length + 1);
        sums.Add(0);
        foreach (var cost in costs)
            sums.Add(checked(sums[^1] + cost));
        return sums.MoveToImmutable();
    }

    /// <summary>The cost of the largest stage in the best cut: the least limit that enough stages can keep to.</summary>
    private static long LeastLimit(ImmutableArray<long> sums, int count)
    {
        var (low, high) = (0L, sums[^1]);
        while (low < high)
        {
            var middle = low + ((high - low) / 2);
            if (Fits(sums, count, middle))
                high = middle;
            else
                low = middle + 1;
        }

        return low;
    }

    /// <summary>
    /// Whether stages that each take all they may reach the end. If fewer do, cutting them further gives the rest.
    /// </summary>
    private static bool Fits(ImmutableArray<long> sums, int count, long limit)
    {
        var (layer, stages) = (0, 0);
        while (layer < sums.Length - 1 && stages < count)
        {
            layer = LastEnd(sums, layer, limit);
            stages++;
        }

        return layer == sums.Length - 1;
    }

    /// <summary>
    /// Where a stage that starts at a layer ends at the latest; the layer itself where not even that one fits.
    /// </summary>
    private static int LastEnd(ImmutableArray<long> sums, int layer, long limit)
    {
        var (low, high) = (layer, sums.Length - 1);
        while (low < high)
        {
            var middle = high - ((high - low) / 2);
            if (sums[middle] - sums[layer] <= limit)
                low = middle;
            else
                high = middle - 1;
        }

        return low;
    }
}
