using System.Collections.Immutable;
using System.Runtime.CompilerServices;

namespace ParDsl.Compiler.Planning;

/// <summary>
/// The cut within the windows whose stages' costs have the least sum of squares; of equal ones the one whose last stage
/// starts earliest, then the one before it, and so on. The later the end of a stage, the later its best start (the square of
/// a sum keeps the quadrangle inequality), so halving the window of ends halves that of starts too: some stages * layers *
/// log layers steps in all.
/// </summary>
internal sealed class EvenCut(StageWindows windows)
{
    /// <summary>The least sum of squares of the stages before the present one, by their end.</summary>
    private UInt128[] before = new UInt128[windows.LayerCount + 1];

    /// <summary>The same with the present stage.</summary>
    private UInt128[] present = new UInt128[windows.LayerCount + 1];

    public ImmutableArray<int> FirstLayers()
    {
        var starts = new int[windows.StageCount + 1][];
        for (var stage = 1; stage <= windows.StageCount; stage++)
        {
            starts[stage] = new int[windows.LayerCount + 1];
            var (earliest, latest) = (windows.Earliest[stage - 1], windows.Latest[stage - 1]);
            Fill(starts[stage], windows.Earliest[stage], windows.Latest[stage], earliest, latest);
            (before, present) = (present, before);
        }

        var firstLayers = new int[windows.StageCount];
        for (var (stage, end) = (windows.StageCount, windows.LayerCount); stage > 0; stage--)
            firstLayers[stage - 1] = end = starts[stage][end];
        return [.. firstLayers];
    }

    /// <summary>
    /// Finds the best start for the middle one of the ends, which bounds the starts for those on either side.
    /// </summary>
    private void Fill(int[] starts, int firstEnd, int lastEnd, int firstStart, int lastStart)
    {
        if (firstEnd > lastEnd)
            return;
        var end = firstEnd + ((lastEnd - firstEnd) / 2);
        starts[end] = BestStart(end, firstStart, Math.Min(lastStart, end - 1));
        Fill(starts, firstEnd, end - 1, firstStart, starts[end]);
        Fill(starts, end + 1, lastEnd, starts[end], lastStart);
    }

    /// <summary>Where nearly all of the time goes, and before the runtime would find out and compile it well.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private int BestStart(int end, int firstStart, int lastStart)
    {
        var sums = windows.Sums.AsSpan();
        var (sum, limit) = (sums[end], windows.Limit);
        var (best, least) = (-1, UInt128.MaxValue);
        for (var start = firstStart; start <= lastStart; start++)
        {
            var cost = sum - sums[start];
            if (cost > limit)
                continue;
            var squares = before[start] + Math.BigMul((ulong)cost, (ulong)cost);
            if (squares < least)
                (best, least) = (start, squares);
        }

        present[end] = least;
        return best;
    }
}
