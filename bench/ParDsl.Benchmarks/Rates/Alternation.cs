namespace ParDsl.Benchmarks.Rates;

/// <summary>
/// Times loops in turn (ours, other, other, ours, ...) in one run, so that a change of the machine's speed meets all of them, and
/// none of them always follows the same other one; for their medians to be compared.
/// </summary>
internal sealed record Alternation(int Rounds, double SecondsPerRound)
{
    private const int LeastSteps = 5;

    /// <summary>Steps that a loop does cold, before its speed says anything.</summary>
    private const int ColdSteps = 3;

    private const double WarmSeconds = 1;

    /// <summary>What each loop does a second, a figure for each round.</summary>
    public double[][] Measure(IReadOnlyList<ITimedLoop> loops)
    {
        var steps = loops.Select(StepsPerRound).ToArray();
        var rates = loops.Select(_ => new double[Rounds]).ToArray();
        for (var round = 0; round < Rounds; round++)
        {
            var order = Enumerable.Range(0, loops.Count);
            foreach (var side in round % 2 == 0 ? order : order.Reverse())
                rates[side][round] = Rate(loops[side], steps[side]);
        }

        return rates;
    }

    /// <summary>How many steps fill a round; trying it out also warms the loop up.</summary>
    private int StepsPerRound(ITimedLoop loop)
    {
        loop.Step(ColdSteps);
        var trial = StepsIn(WarmSeconds, loop, Rate(loop, LeastSteps));
        return StepsIn(SecondsPerRound, loop, Rate(loop, trial));
    }

    private static int StepsIn(double seconds, ITimedLoop loop, double rate) =>
        Math.Max(LeastSteps, (int)(seconds * rate / loop.StepSize));

    private static double Rate(ITimedLoop loop, int steps) => (double)steps * loop.StepSize / loop.Step(steps);
}
