namespace ParDsl.Benchmarks.Rates;

internal static class OpenSides
{
    /// <summary>Opens one after the other, measures, and closes all that are open, also where one could not be opened.</summary>
    /// <param name="sides">Opens each as it is gone through.</param>
    public static TResult Measure<TSide, TResult>(IEnumerable<TSide> sides, Func<IReadOnlyList<TSide>, TResult> measure)
        where TSide : IDisposable
    {
        var open = new List<TSide>();
        try
        {
            foreach (var side in sides)
                open.Add(side);
            return measure(open);
        }
        finally
        {
            foreach (var side in open)
                side.Dispose();
        }
    }
}
