using System.Collections.Immutable;
using System.Diagnostics;
using ParDsl.Runtime.Hardware;
using Xunit;

namespace ParDsl.Runtime.Tests.Hardware;

public sealed class HardwareProbeTests
{
    private static readonly ImmutableArray<ManagedGpu> Three =
        [new("A", "GPU-aa11", 1), new("B", "GPU-bb22", 2), new("C", "GPU-cc33", 3)];

    [Fact]
    public void This_machine_has_cores_and_memory_and_is_described_at_once()
    {
        HardwareProbe.Probe();
        var watch = Stopwatch.StartNew();
        var found = HardwareProbe.Probe();
        Assert.True(watch.Elapsed.TotalMilliseconds < 50, $"the probe took {watch.Elapsed.TotalMilliseconds} ms");
        Assert.Equal(Environment.ProcessorCount, found.Cores);
        Assert.InRange(found.MemoryBytes, 1 << 26, 1L << 50);
    }

    [Fact]
    public void Without_a_driver_there_is_no_gpu()
    {
        if (File.Exists("/dev/nvidiactl"))
            Assert.Skip("an NVIDIA driver is loaded here");
        Assert.Equal(GpuFindings.None, GpuProbe.Probe());
        Assert.Empty(HardwareProbe.Probe().Gpus);
    }

    [Theory]
    [InlineData(null, "ABC")]
    [InlineData("", "")]
    [InlineData("2,0", "CA")]
    [InlineData(" 1 , 1", "B")]
    [InlineData("0,7,1", "A")]
    [InlineData("0,-1,1", "A")]
    [InlineData("GPU-bb,GPU-cc33", "BC")]
    [InlineData("none", "")]
    public void The_variable_of_cuda_chooses_and_orders_the_gpus(string? variable, string expected) =>
        Assert.Equal(expected, string.Concat(VisibleGpus.Select(Three, variable).Select(gpu => gpu.Name)));
}
