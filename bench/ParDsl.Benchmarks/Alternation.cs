using System.Diagnostics;

namespace ParDsl.Benchmarks;

/// <summary>
/// Times loops in turn (ours, other, ours, other, ...) in one process, so that a change of the machine's speed meets all of
/// them, for their medians to be compared.
/// </summary>
internal sealed record Alternation(int Rounds, double SecondsPerRound)
{
    /// <summary>Samples per second of each loop, a figure for each round.</summary>
    public double[][] Measure(ITrainingLoop[] loops)
    {
        var steps = loops.Select(StepsPerRound).ToArray();
        var rates = loops.Select(_ => new double[Rounds]).ToArray();
        for (var round = 0; round < Rounds; round++)
        {
            for (var side = 0; side < loops.Length; side++)
                rates[side][round] = Rate(loops[side], steps[side]);
        }

        return rates;
    }

    public static double Median(double[] values)
    {
        var sorted = values.Order().ToArray();
        var middle = sorted.Length / 2;
        return sorted.Length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    /// <summary>How many steps fill a round; trying it out also warms the loop up.</summary>
    private int StepsPerRound(ITrainingLoop loop)
    {
        loop.Step(20);
        var rate = Rate(loop, 20);
        return Math.Max(5, (int)(SecondsPerRound * rate / loop.BatchSize));
    }

    private static double Rate(ITrainingLoop loop, int steps)
    {
        var clock = Stopwatch.StartNew();
        loop.Step(steps);
        return steps * loop.BatchSize / clock.Elapsed.TotalSeconds;
    }
}
