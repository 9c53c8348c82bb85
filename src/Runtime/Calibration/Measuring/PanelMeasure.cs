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

    /// <summary>How long threads that have ended may take to give back what they kept.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(50);

    /// <exception cref="OperationCanceledException">The token said so.</exception>
    public static PanelSizes Of(IEnumerable<WeightProduct> products, CancellationToken cancellation) =>
        new(products.Select(product =>
        {
            cancellation.ThrowIfCancellationRequested();
            return (product, Bytes(product));
        }).ToArray());

    /// <summary>The median of three: .NET compiles now and then, which takes native memory, too.</summary>
    private static long Bytes(WeightProduct product)
    {
        long[] bytes = [Once(product), Once(product), Once(product)];
        Array.Sort(bytes);
        return bytes[1] < LeastBytes ? 0 : bytes[1];
    }

    private static long Once(WeightProduct product)
    {
        var (before, bytes) = (AllocatedMemory.Now(), 0L);
        Exception? failure = null;
        using (var worker = new RankWorker(0, product.Threads))
        {
            worker.Post(() =>
            {
                try
                {
                    bytes = OnThisThread(product);
                }
                catch (Exception cause)
                {
                    failure = cause;
                }
            });
        }

        AwaitReturn(before);
        return failure is null ? bytes : throw new InvalidOperationException("a product could not be measured", failure);
    }

    private static long OnThisThread(WeightProduct product)
    {
        using var guard = no_grad();
        using var scope = NewDisposeScope();
        Start();
        var type = RankDevice.ElementType(product.Precision);
        var input = zeros([product.Rows, product.Inputs], type);
        var weight = zeros([product.Outputs, product.Inputs], type);
        var outer = zeros([product.Rows, product.Outputs], type);
        var bias = zeros([product.Outputs], type);
        var transposed = outer.t();
        var before = AllocatedMemory.Now();
        var result = product.Kind switch
        {
            ProductKind.Output => nn.functional.linear(input, weight, bias),
            ProductKind.InputGradient => outer.mm(weight),
            _ => transposed.mm(input),
        };
        result.Dispose();
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
