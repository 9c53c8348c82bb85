namespace ParDsl.Runtime.Ranks;

/// <summary>
/// Where a rank notes how far it has come. Work and waits are noted on the rank's own thread, or on one that it waits for, what
/// is done on any thread; and any may look.
/// </summary>
internal sealed class RankProgress
{
    private long doneCount;
    private volatile bool isAtWork;
    private volatile bool isWaiting;
    private volatile bool hasUpdated;

    public RankPulse Pulse => new(Interlocked.Read(ref doneCount), isAtWork, isWaiting, hasUpdated);

    public void Done() => Interlocked.Increment(ref doneCount);

    /// <summary>Until the result is disposed, the rank does actions.</summary>
    public Span AtWork()
    {
        isAtWork = true;
        return new Span(this, isWait: false);
    }

    /// <summary>Until the result is disposed, the rank waits for others; waits do not lie within each other.</summary>
    public Span Waiting()
    {
        isWaiting = true;
        return new Span(this, isWait: true);
    }

    public void Updated() => hasUpdated = true;

    private void End(bool isWait)
    {
        Done();
        if (isWait)
            isWaiting = false;
        else
            isAtWork = false;
    }

    /// <summary>A wait or a piece of work that is under way.</summary>
    internal readonly ref struct Span(RankProgress progress, bool isWait)
    {
        public void Dispose() => progress.End(isWait);
    }
}
