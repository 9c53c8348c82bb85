using System.Diagnostics;
using ParDsl.Compiler.Hardware.Performance;
using ParDsl.Runtime.Native;
using ParDsl.Runtime.Ranks;
using TorchSharp;
using static TorchSharp.torch;

namespace ParDsl.Runtime.Calibration.Measuring;

/// <summary>
/// What products with a weight ask for to pack their operands into, each on threads that did none before: those keep what they
/// have once got, and give it back when they end.
/// </summary>
internal static class PanelMeasure
{
    /// <summary>Enough numbers for libtorch to share them out among threads.</summary>
    private const int SharedElements = 1 << 18;

    /// <summary>Less than a panel has: handles, or what .NET does meanwhile.</summary>
    private const long LeastBytes = 16 << 10;

    /// <summary>.NET compiles now and then, which takes native memory, too: of so many measures the median counts.</summary>
    private const int Rounds = 3;

    /// <summary>A product that takes longer is measured once.</summary>
    private static readonly TimeSpan Long = TimeSpan.FromSeconds(0.5);

    /// <summary>How long threads that have ended may take to give back what they kept.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(50);

    /// <returns>Of those that libtorch does here: of `float16` it has not every product everywhere.</returns>
    /// <exception cref="OperationCanceledException">The token said so.</exception>
    public static PanelSizes Of(IEnumerable<WeightProduct> products, CancellationToken cancellation) => new(
        from product in products.ToArray()
        let bytes = Bytes(product, cancellation)
        where bytes is not null
        select (product, bytes.Value));

    private static long? Bytes(WeightProduct product, CancellationToken cancellation)
    {
        var measured = new List<long>();
        for (var start = Stopwatch.GetTimestamp(); measured.Count < Rounds && Stopwatch.GetElapsedTime(start) < Long;)
        {
            cancellation.ThrowIfCancellationRequested();
            if (Once(product) is not { } bytes)
                return null;
            measured.Add(bytes);
        }

        measured.Sort();
        var median = measured[measured.Count / 2];
        return median < LeastBytes ? 0 : median;
    }

    /// <summary>Null where libtorch refuses it, or has no memory for it.</summary>
    private static long? Once(WeightProduct product)
    {
        var before = AllocatedMemory.Now();
        long? bytes = null;
        using (var worker = new RankWorker(0, product.Threads))
        {
            worker.Post(() =>
            {
                try
                {
                    bytes = OnThisThread(product);
                }
                catch (System.Runtime.InteropServices.ExternalException)
                {
                    // What is not measured is told by the law.
                }
            });
        }

        AwaitReturn(before);
        return bytes;
    }

    private static long OnThisThread(WeightProduct product)
    {
        using var guard = no_grad();
        using var scope = NewDisposeScope();
        Start();
        var type = RankDevice.ElementType(product.Precision);
        Tensor Zeros(long rows, long columns) => zeros([rows, columns], type);
        return product.Kind switch
        {
            ProductKind.Output => Asked(
                (Zeros(product.Rows, product.Inputs), Zeros(product.Outputs, product.Inputs)),
                operands => nn.functional.linear(operands.Left, operands.Right)),
            ProductKind.InputGradient => Asked(
                (Zeros(product.Rows, product.Outputs), Zeros(product.Outputs, product.Inputs)),
                operands => operands.Left.mm(operands.Right)),
            _ => Asked(
                (Zeros(product.Rows, product.Outputs).t(), Zeros(product.Rows, product.Inputs)),
                operands => operands.Left.mm(operands.Right)),
        };
    }

    /// <summary>What stays when the result is gone.</summary>
    private static long Asked((Tensor Left, Tensor Right) operands, Func<(Tensor Left, Tensor Right), Tensor> product)
    {
        var before = AllocatedMemory.Now();
        product(operands).Dispose();
        return AllocatedMemory.Now() - before;
    }

    /// <summary>What a thread's first work of any kind takes: libtorch's own threads, and what oneMKL keeps of each.</summary>
    private static void Start()
    {
        var many = zeros([SharedElements]);
        many.mul(many);
        var (few, square) = (zeros([2, 3]), zeros([3, 3]));
        nn.functional.linear(few, square, zeros([3]));
        few.mm(square);
    }

    private static void AwaitReturn(long before)
    {
        var start = Stopwatch.GetTimestamp();
        while (AllocatedMemory.Now() > before + LeastBytes && Stopwatch.GetElapsedTime(start) < Patience)
            Thread.Yield();
    }
}
