using ParDsl.Compiler.Checked;
using ParDsl.Compiler.Hardware;
using ParDsl.Compiler.Planning;
using ParDsl.Compiler.Plans;
using Xunit;
using static ParDsl.Compiler.Tests.Planning.Programs;

namespace ParDsl.Compiler.Tests.Planning;

/// <summary>A sample of the small program has 6 inputs and 4 targets.</summary>
public sealed class LoadedBatchesTests
{
    private const int FloatBytes = (6 + 4) * 4;

    /// <summary>Of 32 KiB.</summary>
    private const int MostInline = (32 << 10) / FloatBytes;

    [Fact]
    public void A_rank_on_cores_makes_small_batches_itself_and_has_large_ones_loaded_ahead()
    {
        Assert.Equal(0, LoadedBatches.Ahead(Small(), MostInline, DeviceKind.VirtualCpu));
        Assert.Equal(BatchPlan.LoadedAhead, LoadedBatches.Ahead(Small(), MostInline + 1, DeviceKind.VirtualCpu));
    }

    [Fact]
    public void A_gpu_always_has_batches_loaded_ahead() =>
        Assert.Equal(BatchPlan.LoadedAhead, LoadedBatches.Ahead(Small(), 1, DeviceKind.Cuda));

    [Fact]
    public void Memory_counts_what_waits_and_what_is_made_where_batches_are_loaded_ahead()
    {
        const int Samples = MostInline + 1;
        Assert.Equal(4 * 4 * MostInline, LoadedBatches.Bytes(Small(), MostInline, DeviceKind.VirtualCpu));
        Assert.Equal(((4 * FloatBytes) + (4 * 4)) * Samples, LoadedBatches.Bytes(Small(), Samples, DeviceKind.VirtualCpu));
    }

    [Fact]
    public void Numbers_of_16_bits_are_gathered_in_float32()
    {
        var small = Small();
        var rounded = small with { Training = small.Training with { Precision = Precision.BFloat16 } };
        Assert.Equal(
            ((4 * ((6 * (4 + 2)) + (4 * 4))) + (6 * 4) + (4 * 4)) * 16, LoadedBatches.Bytes(rounded, 16, DeviceKind.Cuda));
    }
}
