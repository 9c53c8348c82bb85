using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using ParDsl.Benchmarks.Comparisons;
using ParDsl.Benchmarks.PyTorch;
using ParDsl.Benchmarks.Rates;

namespace ParDsl.Benchmarks.Mpi;

/// <summary>
/// The all-reduce between two processes: ours, the same MPI called from C, and PyTorch's gloo, in turn, for each size. The ratio
/// is ours over C's at 4 MiB.
/// </summary>
internal sealed record AllReduceComparison(string Name, MpiProduct Product) : IComparison
{
    private const int RatioSize = 4 << 20;

    private static readonly ImmutableArray<int> Sizes = [64 << 10, 1 << 20, RatioSize, 25 << 20];

    private static readonly Alternation Alternation = new(Rounds: 7, SecondsPerRound: 0.5);

    public string About => $"the all-reduce between 2 processes over {Product.Name}, over the same MPI called from C; and gloo";

    public double Run(TextWriter output)
    {
        Product.Require();
        PythonWithTorch.Require();
        var program = Compile();
        output.WriteLine($"{Name}: MB/s of one rank's tensor, median of {Alternation.Rounds} rounds each, in turn, {Environment.ProcessorCount} cores");
        output.WriteLine($"  {"bytes",10} {"ParDsl",9} {"C",9} {"gloo",9} {"over C",9} {"over gloo",9}");
        return Sizes.Select(size => Measure(size, program, output)).Last(measured => measured.Size == RatioSize).Ratio;
    }

    private (int Size, double Ratio) Measure(int size, string program, TextWriter output)
    {
        var rates = OpenSides.Measure(Sides(size, program), Alternation.Measure);
        var medians = rates.Select(rate => Median.Of(rate) / RateUnit.Megabytes.Size).ToArray();
        var (ours, fromC, gloo) = (medians[0], medians[1], medians[2]);
        output.WriteLine($"  {size,10} {ours,9:F0} {fromC,9:F0} {gloo,9:F0} {ours / fromC,9:F2} {ours / gloo,9:F2}");
        return (size, ours / fromC);
    }

    private IEnumerable<ITimedLoop> Sides(int size, string program)
    {
        var bytes = size.ToString(CultureInfo.InvariantCulture);
        yield return MpiProcesses.OfBenchmark(Product, size, AllReduceRank.Argument, bytes);
        yield return new MpiProcesses(Product, size, program, bytes);
        yield return PyTorchRanks.StartAllReduce(size, MpiProcesses.RankCount);
    }

    private string Compile()
    {
        var folder = Path.Combine(AppContext.BaseDirectory, "mpi");
        var program = Path.Combine(folder, Product.Launcher + ".allreduce");
        using var compiler = Process.Start(Product.Compiler, ["-O2", "-o", program, Path.Combine(folder, "allreduce.c")]);
        compiler.WaitForExit();
        return compiler.ExitCode == 0 ? program : throw new UnavailableException($"{Product.Compiler} did not compile allreduce.c");
    }
}
