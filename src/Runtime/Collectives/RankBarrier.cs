namespace ParDsl.Runtime.Collectives;

/// <summary>A barrier for the threads of a group's ranks, which mostly arrive within microseconds of each other.</summary>
internal sealed class RankBarrier(int size, int worldSize, FailureSignal failures)
{
    private readonly RankSignal generation = new(worldSize, failures);
    private int arrived;

    public void Wait()
    {
        failures.ThrowIfRaised();
        if (size == 1)
            return;
        var current = generation.Count;
        if (Interlocked.Increment(ref arrived) < size)
        {
            generation.AwaitChange(current);
            return;
        }

        arrived = 0;
        generation.Advance();
    }
}
