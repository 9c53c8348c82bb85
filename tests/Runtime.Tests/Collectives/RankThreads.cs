using ParDsl.Runtime.Collectives;
using ParDsl.Runtime.Native;

namespace ParDsl.Runtime.Tests.Collectives;

/// <summary>Runs a body once for each rank of an in-process group, each on a thread of its own.</summary>
internal static class RankThreads
{
    /// <summary>What each rank threw, or null.</summary>
    public static Exception?[] Try(int size, Action<ICollectiveGroup> body)
    {
        NativeLibraries.Load();
        var failures = new FailureSignal();
        var groups = InProcessGroup.Create(size, size, failures);
        var outcomes = new Exception?[size];
        var threads = groups.Select(group => new Thread(() => outcomes[group.Rank] = TryOne(group, failures, body))).ToArray();
        foreach (var thread in threads)
            thread.Start();
        foreach (var thread in threads)
            thread.Join();
        return outcomes;
    }

    public static void Run(int size, Action<ICollectiveGroup> body)
    {
        foreach (var outcome in Try(size, body))
        {
            if (outcome is not null)
                throw new InvalidOperationException("a rank failed", outcome);
        }
    }

    private static Exception? TryOne(InProcessGroup group, FailureSignal failures, Action<ICollectiveGroup> body)
    {
        try
        {
            body(group);
            return null;
        }
        catch (Exception failure)
        {
            failures.Raise(new RankFailure(group.Rank, failure));
            return failure;
        }
    }
}
