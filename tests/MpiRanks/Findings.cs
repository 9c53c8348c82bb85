namespace ParDsl.MpiRanks;

/// <summary>What one rank has checked, and how much of it did not hold; that is said on standard error.</summary>
internal sealed class Findings(int rank)
{
    private int count;
    private int wrongCount;

    public int Count => count;

    public int WrongCount => wrongCount;

    /// <summary>Any thread may call it.</summary>
    public void Add(string what, bool holds)
    {
        Interlocked.Increment(ref count);
        if (holds)
            return;
        Interlocked.Increment(ref wrongCount);
        Console.Error.WriteLine($"rank {rank}: wrong: {what}");
    }

    /// <summary>The action throws this kind of exception.</summary>
    public void AddThrown<TException>(string what, Action action, Func<TException, bool> isRight)
        where TException : Exception
    {
        try
        {
            action();
            Add($"{what}: nothing was thrown", false);
        }
        catch (TException thrown)
        {
            Add($"{what}: {thrown.Message}", isRight(thrown));
        }
    }
}
