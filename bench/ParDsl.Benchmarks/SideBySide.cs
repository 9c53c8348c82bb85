namespace ParDsl.Benchmarks;

internal static class SideBySide
{
    /// <summary>Runs so many pieces of work at the same time, each on a thread of its own, and returns when all are done.</summary>
    public static void Run(int count, Action<int> work)
    {
        var threads = Enumerable.Range(0, count).Select(number => new Thread(() => work(number))).ToArray();
        foreach (var thread in threads)
            thread.Start();
        foreach (var thread in threads)
            thread.Join();
    }
}
