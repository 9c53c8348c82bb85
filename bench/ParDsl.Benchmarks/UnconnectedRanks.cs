using ParDsl.Benchmarks.Rates;

namespace ParDsl.Benchmarks;

/// <summary>
/// As many sessions as ranks, each with one thread and its share of the batch, that run at the same time and never exchange
/// anything: what the machine's cores give at most when they work side by side.
/// </summary>
internal sealed class UnconnectedRanks : ITimedLoop
{
    private readonly SpecLoop[] loops;

    public UnconnectedRanks(string spec, int count)
    {
        var batch = SpecLoop.BatchOf(spec) / count;
        loops = [.. Enumerable.Range(0, count).Select(_ => SpecLoop.Open(spec, cores: 1, devices: 1, $"train.batch={batch}"))];
    }

    public int StepSize => loops.Sum(loop => loop.StepSize);

    public double Step(int count) => Timing.Seconds(() => SideBySide.Run(loops.Length, number => loops[number].Step(count)));

    public void Dispose()
    {
        foreach (var loop in loops)
            loop.Dispose();
    }
}
