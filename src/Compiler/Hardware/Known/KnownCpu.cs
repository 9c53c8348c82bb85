using System.Collections.Immutable;
using ParDsl.Compiler.Hardware.Performance;

namespace ParDsl.Compiler.Hardware.Known;

/// <summary>
/// A share of a server's socket: AMD EPYC 9654 (data sheet 2022), 96 cores of Zen 4. What is known of the machine at hand,
/// <c>pardsl devices --calibrate</c> measures; this is for machines that are not there.
/// </summary>
internal sealed class KnownCpu : IKnownMachine
{
    /// <summary>A clock with all cores at vector work, between the data sheet's base of 2.4 and boost of 3.55 GHz. An assumption.</summary>
    private const double Clock = 3.0e9;

    /// <summary>Two multiply-adds of 256 bits a cycle (Zen 4, software optimization guide 2023): 32 operations in float32.</summary>
    private const double Float32 = Clock * 32;

    /// <summary>What oneDNN reaches of the peak in large products. An assumption.</summary>
    private const double Achieved = 0.7;

    /// <summary>12 channels of DDR5-4800 are 460.8 GB/s (data sheet), for 96 cores; four fifths are commonly reached.</summary>
    private const double MemoryOfCore = 0.8 * 460.8e9 / 96;

    /// <summary>4 GiB a core, as common servers have it. An assumption.</summary>
    private const long MemoryBytesOfCore = 4L << 30;

    /// <summary>A cycle for each number of a vectorised exponential, about. An assumption.</summary>
    private const double SpecialsOfCore = 1.0e9;

    /// <summary>libtorch's dispatch of a small operation and autograd's part in it. An assumption.</summary>
    private const double OperationSeconds = 8e-6;

    public string Name => "cpu";

    public string Title => "cores of AMD EPYC 9654 (Zen 4), 4 GiB each";

    public string Unit => "core";

    public int Most => 1024;

    public HardwareDescription Machine(int count) => new(Name, count, count * MemoryBytesOfCore, [])
    {
        Performance = new HardwarePerformance("cpu, by its data sheet", Shares(count), Network),
    };

    /// <summary>Ranks of the machine share its cores evenly, and its memory's bandwidth with them.</summary>
    private static ImmutableArray<SharedPerformance> Shares(int cores)
    {
        var counts = Enumerable.Range(0, 11).Select(power => 1 << power).Where(ranks => ranks < cores).Append(cores);
        return [.. counts.Select(ranks => new SharedPerformance(ranks, Rank(cores / ranks), Link(cores / ranks)))];
    }

    /// <summary>Bfloat16 has its own multiply-add, twice as wide (AVX512-BF16); float16 has none and is converted, at half the rate.</summary>
    private static DevicePerformance Rank(int cores)
    {
        var products = new PrecisionRates(
            Products(cores, Float32 / 2), Products(cores, Float32), Products(cores, 2 * Float32), Products(cores, Float32 / 2));
        return new DevicePerformance(
            products, products, RateCurve.Flat(cores * MemoryOfCore), cores * SpecialsOfCore, OperationSeconds);
    }

    /// <summary>A product of a million operations reaches half of it. An assumption.</summary>
    private static RateCurve Products(int cores, double ofCore) => RateCurve.Saturating(cores * Achieved * ofCore, cores * 1e6);

    /// <summary>Through main memory: what moves is read and written, and what it is added to is read, too.</summary>
    private static LinkPerformance Link(int cores) => new(cores * MemoryOfCore / 3, 5e-6);

    /// <summary>100 Gb/s a machine, as common servers have it. An assumption.</summary>
    private static readonly LinkPerformance Network = KnownLink.Network(100e9);
}
