using System.Collections.Immutable;
using ParDsl.Compiler.Hardware.Performance;

namespace ParDsl.Compiler.Hardware.Known;

/// <summary>A machine of GPUs of one kind, by their data sheet.</summary>
/// <param name="DeviceName">As today's driver calls one.</param>
/// <param name="MemoryBytes">The data sheet's GB, taken as 2^30 bytes: within 2 % of what drivers report.</param>
internal sealed record KnownGpu(string Name, string Title, string DeviceName, long MemoryBytes) : IKnownMachine
{
    /// <summary>Float32 as PyTorch multiplies matrices by default: without TF32.</summary>
    public required PeakRates Products { get; init; }

    /// <summary>Float32 as PyTorch convolves by default: with TF32 where there is.</summary>
    public required PeakRates Convolutions { get; init; }

    /// <summary>Of the products' peak: one of <see cref="AchievedShare"/>.</summary>
    public required double Achieved { get; init; }

    /// <summary>Of the rate of products, what attention's kernel reaches: one of <see cref="AchievedShare"/>.</summary>
    public required double Attention { get; init; }

    /// <summary>Bytes a second, read and written together.</summary>
    public required double MemoryPeak { get; init; }

    /// <summary>Exponentials and their kin: the special function units' rate.</summary>
    public required double SpecialsPerSecond { get; init; }

    /// <summary>Between two GPUs of a machine, in one direction.</summary>
    public required LinkPerformance Link { get; init; }

    /// <summary>Between two machines, for each GPU.</summary>
    public required LinkPerformance BetweenMachines { get; init; }

    /// <summary>What drivers have called the same device otherwise, and kinds of it that differ in memory's size only.</summary>
    public ImmutableArray<string> OtherNames { get; init; } = [];

    public string Unit => "GPU";

    public int Most { get; init; } = 8;

    /// <summary>Its cores stay unknown: virtual devices never stand in for GPUs that are there.</summary>
    public HardwareDescription Machine(int count) => new(
        Name,
        Cores: 0,
        MemoryBytes: 0,
        [.. Enumerable.Range(0, count).Select(index => new DeviceDescription(DeviceKind.Cuda, index, DeviceName, MemoryBytes, 1))])
    {
        HasNccl = true,
        Performance = Performance,
    };

    public HardwarePerformance Performance => new(
        $"{Name}, by its data sheet", [new SharedPerformance(0, Device(), Link)], BetweenMachines);

    public bool IsCalled(string name) => name == DeviceName || OtherNames.Contains(name);

    private DevicePerformance Device() => new(
        AchievedShare.Products(Products, Achieved),
        AchievedShare.Products(Convolutions, Achieved),
        AchievedShare.MemoryPasses(MemoryPeak),
        SpecialsPerSecond,
        AchievedShare.OperationSeconds)
    {
        AttentionShare = Attention,
    };
}
