using System.Collections.Immutable;
using ParDsl.Benchmarks.Comparisons;
using ParDsl.Benchmarks.PyTorch;
using ParDsl.Benchmarks.Rates;

namespace ParDsl.Benchmarks.Mpi;

/// <summary>Two replicas that are processes with a thread each: ours over MPI, PyTorch's over gloo; and ours as threads.</summary>
internal static class ProcessComparisons
{
    public static readonly ImmutableArray<IComparison> All =
    [
        Of("mpi2", "mlp", "the MLP"),
        Of("mpi2-conv", "conv", "the conv net"),
    ];

    private static RateComparison Of(string name, string network, string words) => new(
        name,
        $"{words} with `data 2` over {MpiProduct.OpenMpi.Name}, over PyTorch's DistributedDataParallel with gloo; and threads",
        [
            new("ParDsl, 2 processes over MPI", () => OverMpi(network)),
            new("PyTorch, DDP, 2 processes over gloo", () => OverGloo(network)),
            new("ParDsl, 2 threads of one process", () => SpecLoop.Replicas($"{network}.pd", MpiProcesses.RankCount)),
        ])
    {
        Quotients = [new("ParDsl, processes over threads", 0, 2)],
    };

    private static MpiProcesses OverMpi(string network)
    {
        MpiProduct.OpenMpi.Require();
        PythonWithTorch.Require();
        var spec = $"{network}.pd";
        return MpiProcesses.OfBenchmark(MpiProduct.OpenMpi, SpecLoop.BatchOf(spec), TrainingRank.Argument, spec);
    }

    private static PyTorchRanks OverGloo(string network) =>
        PyTorchRanks.Start(network, SpecLoop.BatchOf($"{network}.pd"), MpiProcesses.RankCount);
}
