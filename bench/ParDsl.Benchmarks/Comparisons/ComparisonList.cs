using System.Collections.Immutable;
using ParDsl.Benchmarks.Memory;
using ParDsl.Benchmarks.Mpi;
using ParDsl.Benchmarks.Pipelines;

namespace ParDsl.Benchmarks.Comparisons;

/// <summary>Every comparison that <c>./benchmark NAME</c> knows. bench/README.md says what each showed.</summary>
internal static class ComparisonList
{
    public static readonly ImmutableArray<IComparison> All =
    [
        .. HandWrittenComparisons.All,
        .. ReplicaComparisons.All,
        .. PyTorchComparisons.All,
        new PipelineComparison(),
        MemoryComparisons.AllReduce,
        new ShardMemory(),
        .. ProcessComparisons.All,
        new AllReduceComparison("mpi-allreduce", MpiProduct.OpenMpi),
        new AllReduceComparison("mpich-allreduce", MpiProduct.Mpich),
    ];
}
