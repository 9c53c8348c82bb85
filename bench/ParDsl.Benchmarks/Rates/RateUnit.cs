namespace ParDsl.Benchmarks.Rates;

/// <summary>What a rate is printed in: so many of what the loops count a second.</summary>
internal sealed record RateUnit(string Name, double Size)
{
    public static readonly RateUnit Samples = new("samples/s", 1);

    /// <summary>Of loops that count bytes; decimal, as bandwidths are given.</summary>
    public static readonly RateUnit Megabytes = new("MB/s", 1e6);
}
