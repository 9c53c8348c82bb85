namespace ParDsl.Compiler.Plans;

/// <summary>What the ranks of a group do with what each puts in.</summary>
public enum CollectiveKind
{
    /// <summary>Each rank gets the sum.</summary>
    AllReduce,

    /// <summary>Each rank gets its part of the sum.</summary>
    ReduceScatter,

    /// <summary>Each rank gets all ranks' parts, side by side.</summary>
    AllGather,
}

public static class CollectiveFacts
{
    public static string Words(this CollectiveKind kind) => kind switch
    {
        CollectiveKind.AllReduce => "all-reduce",
        CollectiveKind.ReduceScatter => "reduce-scatter",
        CollectiveKind.AllGather => "all-gather",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
    };

    /// <summary>
    /// What a ring sends from each rank, where each puts <paramref name="bytes"/> in: 2 (n - 1) / n of them for a sum,
    /// (n - 1) / n for a scattered one, n - 1 times all of them for a gathering.
    /// </summary>
    public static long MovedBytes(this CollectiveKind kind, long bytes, int ranks) => kind switch
    {
        CollectiveKind.AllReduce => (long)((Int128)bytes * 2 * (ranks - 1) / ranks),
        CollectiveKind.ReduceScatter => (long)((Int128)bytes * (ranks - 1) / ranks),
        CollectiveKind.AllGather => checked(bytes * (ranks - 1)),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
    };

    /// <summary>
    /// The same to the byte for one rank of the group: a sum is cut into parts of whole elements, one for each rank, which
    /// reads and writes its own on all others.
    /// </summary>
    /// <param name="place">The rank's place in the group.</param>
    public static long MovedBytes(this CollectiveKind kind, long bytes, int ranks, int place, long elementBytes)
    {
        if (kind != CollectiveKind.AllReduce)
            return kind.MovedBytes(bytes, ranks);
        var elements = (Int128)(bytes / elementBytes);
        var part = (elements * (place + 1) / ranks) - (elements * place / ranks);
        return checked((long)(part * elementBytes * 2 * (ranks - 1)));
    }
}
