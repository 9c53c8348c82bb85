using ParDsl.Compiler.Checked;
using ParDsl.Compiler.Hardware.Performance;
using ParDsl.Runtime.Calibration.Measuring;
using ParDsl.Runtime.Native;
using Xunit;
using static TorchSharp.torch;

namespace ParDsl.Runtime.Tests.Calibration;

[Collection(TensorCountingTests.Name)]
public sealed class PanelMeasureTests
{
    // What two measures of the same differ by, at most, for a plan to take them for the same.
    private const long Room = 4 << 10;

    [Theory]
    [InlineData(ProductKind.Output)]
    [InlineData(ProductKind.InputGradient)]
    [InlineData(ProductKind.WeightGradient)]
    public void A_large_product_asks_for_the_same_whenever_it_is_measured(ProductKind kind)
    {
        var product = new WeightProduct(Precision.Float32, kind, Rows: 512, Inputs: 512, Outputs: 512, Threads: 1);
        var (first, second) = (Measured(product), Measured(product));
        Assert.InRange(first, 64 << 10, 64 << 20);
        Assert.InRange(second, first - Room, first + Room);
    }

    [Fact]
    public void Two_threads_ask_for_more_than_one()
    {
        var product = new WeightProduct(Precision.Float32, ProductKind.Output, Rows: 1024, Inputs: 512, Outputs: 512, Threads: 1);
        Assert.InRange(Measured(product with { Threads = 2 }), Measured(product) + Room, long.MaxValue);
    }

    [Fact]
    public void A_product_of_a_few_numbers_asks_for_nothing_and_no_tensor_is_left()
    {
        NativeLibraries.Load();
        GC.Collect();
        GC.WaitForPendingFinalizers();
        var before = Tensor.TotalCount;
        Assert.Equal(0, Measured(new WeightProduct(Precision.Float64, ProductKind.WeightGradient, 2, 3, 1, 1)));
        Assert.Equal(before, Tensor.TotalCount);
    }

    private static long Measured(WeightProduct product)
    {
        NativeLibraries.Load();
        return PanelMeasure.Of([product], CancellationToken.None).Of(product)!.Value;
    }
}
