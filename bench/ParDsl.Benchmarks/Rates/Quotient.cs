namespace ParDsl.Benchmarks.Rates;

/// <summary>The rate of one side over that of another, by their places.</summary>
internal sealed record Quotient(string Title, int Of, int Over);
