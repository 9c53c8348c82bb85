namespace ParDsl.Runtime.Doctor;

/// <summary>Another machine as the first one sees it.</summary>
/// <param name="ClockAhead">How far its clock is ahead of the first one's, give or take <paramref name="ClockDoubt"/>.</param>
/// <param name="RoundTrip">A message of one element, there and back.</param>
/// <param name="BytesPerSecond">Of a message of 16 MiB, one way.</param>
public sealed record MachineLink(TimeSpan ClockAhead, TimeSpan ClockDoubt, TimeSpan RoundTrip, double BytesPerSecond);
