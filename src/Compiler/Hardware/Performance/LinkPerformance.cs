namespace ParDsl.Compiler.Hardware.Performance;

/// <summary>What one rank sends to another.</summary>
/// <param name="BytesPerSecond">In one direction, when every rank of the machine sends at once.</param>
/// <param name="LatencySeconds">Before the first byte is there.</param>
public sealed record LinkPerformance(double BytesPerSecond, double LatencySeconds);
