namespace ParDsl.Compiler.Hardware.Performance;

/// <summary>What one rank sends to another.</summary>
/// <param name="BytesPerSecond">In one direction, when every rank of the machine sends at once.</param>
/// <param name="LatencySeconds">Before the first byte is there.</param>
public sealed record LinkPerformance(double BytesPerSecond, double LatencySeconds)
{
    /// <summary>
    /// What a collective in the background costs its rank on cores beside the bytes that move: a thread is woken that shares the
    /// rank's core, and the rank waits for it.
    /// </summary>
    public double HandOverSeconds { get; init; }

    /// <summary>
    /// What a message costs in training before its first byte is there, where that is more than <see cref="LatencySeconds"/>: its
    /// receiver waits for it, and is woken.
    /// </summary>
    public double MessageSeconds { get; init; }

    /// <summary>The same link as ranks have it that take turns.</summary>
    public LinkPerformance Times(double factor) =>
        new(BytesPerSecond * factor, LatencySeconds / factor) { HandOverSeconds = HandOverSeconds / factor, MessageSeconds = MessageSeconds / factor };
}
