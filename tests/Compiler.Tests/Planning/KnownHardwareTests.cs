using System.Collections.Immutable;
using ParDsl.Compiler.Checked;
using ParDsl.Compiler.Hardware;
using ParDsl.Compiler.Hardware.Known;
using ParDsl.Compiler.Hardware.Performance;
using Xunit;

namespace ParDsl.Compiler.Tests.Planning;

/// <summary>The table of hardware that nobody here owns: every figure is there, positive, and of the right size.</summary>
public sealed class KnownHardwareTests
{
    private static readonly double[] Sizes = [1, 1e3, 1e6, 1e9, 1e12, 1e15];

    public static TheoryData<string> Names => [.. KnownHardware.Machines.Select(machine => machine.Name)];

    public static TheoryData<string> Gpus => [.. Names.Select(row => row.Data).Where(name => name != "cpu")];

    [Fact]
    public void The_table_is_sorted_and_names_are_found_in_any_case()
    {
        var names = KnownHardware.Machines.Select(machine => machine.Name).ToArray();
        Assert.Equal(names.Order(StringComparer.Ordinal), names);
        Assert.Equal("h100", KnownHardware.Find("H100")?.Name);
        Assert.Null(KnownHardware.Find("h10"));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_curve_is_positive_and_never_falls(string name)
    {
        foreach (var share in PerformanceOf(name).Shares)
        {
            RateCurve[] curves = [.. Curves(share.Device.Products), .. Curves(share.Device.Convolutions), share.Device.Memory];
            foreach (var curve in curves)
            {
                var rates = Sizes.Select(curve.At).ToArray();
                Assert.All(rates, rate => Assert.True(double.IsFinite(rate) && rate > 0));
                Assert.Equal(rates.Order(), rates);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_other_figure_is_of_its_size(string name)
    {
        var performance = PerformanceOf(name);
        Assert.StartsWith($"{name}, ", performance.Origin, StringComparison.Ordinal);
        Assert.InRange(performance.BetweenMachines.LatencySeconds, 1e-6, 1e-4);
        Assert.InRange(performance.BetweenMachines.BytesPerSecond, 1e8, 1e11);
        foreach (var share in performance.Shares)
        {
            Assert.InRange(share.Device.SpecialsPerSecond, 1e8, 1e14);
            Assert.InRange(share.Device.OperationSeconds, 1e-7, 1e-4);
            Assert.InRange(share.Device.AttentionShare, 0.3, 1);
            Assert.InRange(share.Link.LatencySeconds, 1e-7, 1e-4);
            Assert.InRange(share.Link.BytesPerSecond, 1e8, 1e12);
        }
    }

    [Theory]
    [MemberData(nameof(Gpus))]
    public void A_gpu_is_fastest_in_sixteen_bits_and_its_links_slower_than_its_memory(string name)
    {
        var performance = PerformanceOf(name);
        var (device, link) = (performance.Of(8).Device, performance.Of(8).Link);
        Assert.True(device.Products.Float16.At(1e15) >= 2 * device.Products.Float32.At(1e15));
        Assert.True(device.Products.Float32.At(1e15) >= device.Products.Float64.At(1e15));
        Assert.True(device.Convolutions.Float32.At(1e15) >= device.Products.Float32.At(1e15));
        Assert.True(device.Memory.At(1e15) > link.BytesPerSecond);
        Assert.True(link.BytesPerSecond > performance.BetweenMachines.BytesPerSecond);
    }

    [Fact]
    public void Ranks_share_the_cores_of_a_machine()
    {
        var performance = PerformanceOf("cpu", 16);
        Assert.Equal([1, 2, 4, 8, 16], performance.Shares.Select(share => share.Ranks));
        Assert.Equal(
            performance.Of(1).Device.Products.Float32.At(1e15) / 16,
            performance.Of(16).Device.Products.Float32.At(1e15),
            tolerance: 1);
    }

    [Fact]
    public void A_machine_has_its_gpus_and_several_machines_are_alike()
    {
        var hardware = Of("h100", 8, 16);
        Assert.Equal(("h100:8x16", 128, 16), (hardware.Name, hardware.Gpus.Length, hardware.MachineCount));
        Assert.True(hardware.HasNccl);
        Assert.NotNull(hardware.Performance);
        Assert.All(hardware.Gpus, gpu => Assert.Equal((DeviceKind.Cuda, 80L << 30), (gpu.Kind, gpu.MemoryBytes)));
        Assert.Equal(Enumerable.Range(0, 128).Select(rank => (rank / 8, rank % 8)), hardware.Gpus.Select(gpu => (gpu.Machine, gpu.Index)));
    }

    [Fact]
    public void One_machine_without_a_number_is_one_machine()
    {
        var hardware = Of("a100", 4, 0);
        Assert.Equal(("a100:4", 4, 1), (hardware.Name, hardware.Gpus.Length, hardware.MachineCount));
        Assert.Empty(hardware.Machines);
    }

    [Theory]
    [InlineData(4, "h100:4")]
    [InlineData(8, "h100:8")]
    [InlineData(9, "h100:8x2")]
    [InlineData(1024, "h100:8x128")]
    public void Enough_is_the_least_that_has_room(int ranks, string words) =>
        Assert.Equal(words, KnownHardware.Enough(new HardwareName("h100", 1, 0), ranks)?.Words);

    [Fact]
    public void Too_many_machines_are_not_proposed() =>
        Assert.Null(KnownHardware.Enough(new HardwareName("h100", 1, 0), (8 * KnownHardware.MostMachines) + 1));

    /// <summary>What drivers call devices whose data sheet is known.</summary>
    [Theory]
    [InlineData("NVIDIA A100-SXM4-80GB", "a100")]
    [InlineData("A100-SXM4-80GB", "a100")]
    [InlineData("NVIDIA B200", "b200")]
    [InlineData("NVIDIA H100 80GB HBM3", "h100")]
    [InlineData("NVIDIA H200", "h200")]
    [InlineData("NVIDIA L4", "l4")]
    [InlineData("AMD Instinct MI300X", "mi300x")]
    [InlineData("NVIDIA GeForce RTX 4090", "rtx4090")]
    [InlineData("Tesla V100-SXM2-16GB", "v100")]
    [InlineData("Tesla V100-SXM2-32GB", "v100")]
    [InlineData("Tesla V100-SXM3-32GB", "v100")]
    public void A_gpu_that_is_there_is_known_by_its_name(string device, string name) =>
        Assert.Equal($"{name}, by its data sheet", KnownHardware.PerformanceOf(Called(device, device))?.Origin);

    /// <summary>Names that are near a known one, of devices with other memory, links or clocks.</summary>
    [Theory]
    [InlineData("NVIDIA A100-SXM4-40GB")]
    [InlineData("NVIDIA A100 80GB PCIe")]
    [InlineData("NVIDIA A100-SXM4-80GB MIG 1g.10gb")]
    [InlineData("NVIDIA H100 PCIe")]
    [InlineData("NVIDIA H100 NVL")]
    [InlineData("NVIDIA H200 NVL")]
    [InlineData("NVIDIA L40S")]
    [InlineData("NVIDIA GeForce RTX 4090 D")]
    [InlineData("NVIDIA GeForce RTX 4090 Laptop GPU")]
    [InlineData("Tesla V100-PCIE-32GB")]
    [InlineData("unknown GPU")]
    public void A_gpu_that_is_only_called_alike_is_not_known(string device) => Assert.Null(KnownHardware.PerformanceOf(Called(device)));

    [Fact]
    public void Gpus_of_several_kinds_and_no_gpus_have_no_data_sheet()
    {
        Assert.Null(KnownHardware.PerformanceOf(Called("NVIDIA H100 80GB HBM3", "NVIDIA L4")));
        Assert.Null(KnownHardware.PerformanceOf(Called("NVIDIA H100 80GB HBM3", "NVIDIA H100 PCIe")));
        Assert.Null(KnownHardware.PerformanceOf([]));
    }

    [Fact]
    public void The_processes_of_a_job_find_the_data_sheet_of_their_gpus()
    {
        var processes = Called("NVIDIA L4", "NVIDIA L4").Select(gpu => new ProcessDevice("node", gpu, 8, 1 << 30)).ToArray();
        Assert.Equal("l4, by its data sheet", HardwareSet.Job(processes, hasNccl: true).Performance?.Origin);
        Assert.Null(HardwareSet.Job([new ProcessDevice("node", null, 8, 1 << 30)], hasNccl: false).Performance);
    }

    private static ImmutableArray<DeviceDescription> Called(params string[] names) =>
        [.. names.Select((name, index) => new DeviceDescription(DeviceKind.Cuda, index, name, 16L << 30, 1))];

    private static IEnumerable<RateCurve> Curves(PrecisionRates rates) => Enum.GetValues<Precision>().Select(rates.Of);

    private static HardwarePerformance PerformanceOf(string name, int count = 8) => Of(name, count, 0).Performance!;

    private static HardwareDescription Of(string name, int count, int machines) => KnownHardware.Of(KnownHardware.Find(name)!, count, machines);
}
