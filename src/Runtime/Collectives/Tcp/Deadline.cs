using System.Diagnostics;

namespace ParDsl.Runtime.Collectives.Tcp;

/// <summary>A limit that runs from now on.</summary>
internal readonly struct Deadline(TimeSpan limit)
{
    private readonly long start = Stopwatch.GetTimestamp();

    public TimeSpan Limit { get; } = limit;

    /// <summary>Zero when it is over.</summary>
    public TimeSpan Left => Limit - Stopwatch.GetElapsedTime(start) is var left && left > TimeSpan.Zero ? left : TimeSpan.Zero;

    public bool IsOver => Left == TimeSpan.Zero;
}
