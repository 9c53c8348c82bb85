namespace ParDsl.Benchmarks;

/// <summary>
/// As many sessions as ranks, each with one thread and its share of the batch, that run at the same time and never exchange
/// anything: what the machine's cores give at most when they work side by side.
/// </summary>
internal sealed class UnconnectedRanks : ITrainingLoop
{
    private readonly SpecLoop[] loops;

    public UnconnectedRanks(string spec, int count)
    {
        var batch = SpecLoop.BatchOf(spec) / count;
        loops = [.. Enumerable.Range(0, count).Select(_ => SpecLoop.Open(spec, cores: 1, devices: 1, $"train.batch={batch}"))];
    }

    public int BatchSize => loops.Sum(loop => loop.BatchSize);

    public void Step(int count)
    {
        var threads = loops.Select(loop => new Thread(() => loop.Step(count))).ToArray();
        foreach (var thread in threads)
            thread.Start();
        foreach (var thread in threads)
            thread.Join();
    }

    public void Dispose()
    {
        foreach (var loop in loops)
            loop.Dispose();
    }
}
