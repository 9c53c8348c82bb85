using ParDsl.Runtime.Collectives;

namespace ParDsl.MpiRanks;

/// <summary>What the same calls give between threads of one process.</summary>
internal static class Reference
{
    /// <summary>Runs the body on as many threads as ranks.</summary>
    /// <returns>What each rank's body returned.</returns>
    public static T[] Of<T>(int size, Func<ICollectiveGroup, T> body)
    {
        var doors = InProcessGroup.Create(size, size, new FailureSignal());
        var results = new T[size];
        var threads = doors.Select(door => new Thread(() => results[door.Rank] = body(door))).ToArray();
        foreach (var thread in threads)
            thread.Start();
        foreach (var thread in threads)
            thread.Join();
        foreach (var door in doors)
            door.Dispose();
        return results;
    }
}
