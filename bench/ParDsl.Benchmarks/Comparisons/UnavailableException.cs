namespace ParDsl.Benchmarks.Comparisons;

/// <summary>A comparison cannot be made here; the message says what is missing and how to get it.</summary>
internal sealed class UnavailableException(string message) : Exception(message);
