namespace ParDsl.Compiler.Hardware.Known.Gpus;

/// <summary>NVIDIA L4 (data sheet 2023), up to eight on PCIe.</summary>
internal static class L4
{
    public static readonly KnownGpu Machine = new("l4", "NVIDIA L4, 24 GB", "NVIDIA L4", 24L << 30)
    {
        // The sheet's 242 tera in bfloat16 and float16 are with sparsity. Float64 is a 64th of float32 (Ada white paper 2022).
        Products = new(Float64: 30.3e12 / 64, Float32: 30.3e12, BFloat16: 121e12, Float16: 121e12),
        // TF32's 120 tera are with sparsity.
        Convolutions = new(Float64: 30.3e12 / 64, Float32: 60e12, BFloat16: 121e12, Float16: 121e12),
        // The sheet's peaks are at boost clock, which 72 W do not hold; the shares of Hopper are assumed.
        Achieved = AchievedShare.ProductsSinceHopper,
        Attention = AchievedShare.AttentionSinceHopper,
        MemoryPeak = 300e9,
        // 58 multiprocessors, 16 a cycle each, at 2.04 GHz.
        SpecialsPerSecond = 58 * 16 * 2.04e9,
        // PCIe 4.0 x16: 64 GB/s are both directions.
        Link = KnownLink.Pcie(32e9),
        // 100 Gb/s for a machine of eight, as clouds have it. An assumption.
        BetweenMachines = KnownLink.Network(100e9 / 8),
    };
}
