using System.Collections.Immutable;
using ParDsl.Benchmarks.Rates;

namespace ParDsl.Benchmarks.Comparisons;

/// <summary>Two replicas with a thread each, and one rank with one thread, on the same global batch.</summary>
internal static class ReplicaComparisons
{
    public static readonly ImmutableArray<IComparison> All =
    [
        Of("data2", "mlp", "the MLP"),
        Of("data2-conv", "conv", "the conv net"),
        Of("data2-gpt", "gpt", "the GPT"),
    ];

    private static RateComparison Of(string name, string spec, string network) => new(
        name,
        $"{network} with `data 2`, 1 thread each, over one rank with 1 thread",
        [
            new("ParDsl, data 2, 1 thread each", () => SpecLoop.Replicas($"{spec}.pd", count: 2)),
            new("ParDsl, one rank, 1 thread", () => SpecLoop.Open($"{spec}.pd", cores: 1, devices: 1)),
            new("two that share nothing", () => new UnconnectedRanks($"{spec}.pd", count: 2)),
        ])
    {
        Quotients = [new("two that share nothing, over one", 2, 1), new("data 2, over what shares nothing", 0, 2)],
    };
}
