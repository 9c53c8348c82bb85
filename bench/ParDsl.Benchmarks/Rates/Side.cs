namespace ParDsl.Benchmarks.Rates;

/// <summary>One side of a comparison: what it is, and how to open it.</summary>
internal sealed record Side(string Title, Func<ITimedLoop> Open);
