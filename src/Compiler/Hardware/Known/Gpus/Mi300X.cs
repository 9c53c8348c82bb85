namespace ParDsl.Compiler.Hardware.Known.Gpus;

/// <summary>AMD Instinct MI300X (data sheet 2023), eight on AMD's platform (data sheet 2023).</summary>
internal static class Mi300X
{
    public static readonly KnownGpu Machine = new("mi300x", "AMD Instinct MI300X, 192 GB", "AMD Instinct MI300X", 192L << 30)
    {
        // Matrix cores, dense.
        Products = new(Float64: 163.4e12, Float32: 163.4e12, BFloat16: 1307.4e12, Float16: 1307.4e12),
        // MIOpen is assumed to convolve in float32 without TF32.
        Convolutions = new(Float64: 163.4e12, Float32: 163.4e12, BFloat16: 1307.4e12, Float16: 1307.4e12),
        // Its power limit too holds the clock down; the shares of Hopper are assumed.
        Achieved = AchievedShare.ProductsSinceHopper,
        Attention = AchievedShare.AttentionSinceHopper,
        MemoryPeak = 5.3e12,
        // 304 compute units, 16 a cycle each, at 2.1 GHz (CDNA 3 white paper 2023: a quarter of the rate of other functions).
        SpecialsPerSecond = 304 * 16 * 2.1e9,
        // Infinity Fabric: a link of 128 GB/s, both directions, to each of seven others. NVLink's share of the wire is assumed.
        Link = KnownLink.NvLink(7 * 64e9),
        // Eight adapters of 400 Gb/s for eight GPUs, as common machines have it. An assumption.
        BetweenMachines = KnownLink.Network(400e9),
    };
}
