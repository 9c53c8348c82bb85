using System.Collections.Immutable;
using ParDsl.Benchmarks.PyTorch;
using ParDsl.Benchmarks.Rates;

namespace ParDsl.Benchmarks.Comparisons;

/// <summary>Two replicas with a thread each: ours, and PyTorch's DistributedDataParallel over gloo.</summary>
internal static class PyTorchComparisons
{
    public static readonly ImmutableArray<IComparison> All =
    [
        Of("ddp-mlp", "mlp", "the MLP"),
        Of("ddp-conv", "conv", "the conv net"),
        Of("ddp-gpt", "gpt", "the GPT"),
    ];

    private static RateComparison Of(string name, string network, string words) => new(
        name,
        $"{words} with `data 2`, over PyTorch's DistributedDataParallel on two processes, 1 thread each",
        [
            new("ParDsl, data 2, 1 thread each", () => Checked(() => SpecLoop.Replicas($"{network}.pd", count: 2))),
            new("PyTorch, DDP, 2 processes, 1 thread each", () => Ranks(network, count: 2)),
            new("ParDsl, one rank, 1 thread", () => SpecLoop.Open($"{network}.pd", cores: 1, devices: 1)),
            new("PyTorch, one process, 1 thread", () => Ranks(network, count: 1)),
        ])
    {
        Quotients =
        [
            new("ParDsl, data 2 over one rank", 0, 2),
            new("PyTorch, DDP over one process", 1, 3),
            new("one rank: ParDsl over PyTorch", 2, 3),
        ],
    };

    private static ITimedLoop Checked(Func<ITimedLoop> open)
    {
        PythonWithTorch.Require();
        return open();
    }

    private static PyTorchRanks Ranks(string network, int count) =>
        PyTorchRanks.Start(network, SpecLoop.BatchOf($"{network}.pd"), count);
}
