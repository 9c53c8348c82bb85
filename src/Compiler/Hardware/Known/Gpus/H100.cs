namespace ParDsl.Compiler.Hardware.Known.Gpus;

/// <summary>NVIDIA H100 80GB SXM5 (data sheet 2023), eight in a DGX H100 (data sheet 2023).</summary>
internal static class H100
{
    /// <summary>Of the chip, which the H200 has too. The data sheet's tensor figures are with sparsity: half of them are dense.</summary>
    public static readonly PeakRates Products = new(Float64: 67e12, Float32: 67e12, BFloat16: 989.4e12, Float16: 989.4e12);

    /// <summary>Float64 without tensor cores (34), TF32 (989, dense 494.7).</summary>
    public static readonly PeakRates Convolutions = new(Float64: 34e12, Float32: 494.7e12, BFloat16: 989.4e12, Float16: 989.4e12);

    /// <summary>3.9 tera a second (Shah et al. 2024, FlashAttention-3).</summary>
    public const double SpecialsPerSecond = 3.9e12;

    public static readonly KnownGpu Machine = new("h100", "NVIDIA H100 SXM, 80 GB", "NVIDIA H100 80GB HBM3", 80L << 30)
    {
        Products = Products,
        Convolutions = Convolutions,
        Achieved = AchievedShare.ProductsSinceHopper,
        Attention = AchievedShare.AttentionSinceHopper,
        MemoryPeak = 3.35e12,
        SpecialsPerSecond = SpecialsPerSecond,
        // 900 GB/s are both directions.
        Link = KnownLink.NvLink(450e9),
        // NDR InfiniBand, eight adapters of 400 Gb/s for eight GPUs (DGX H100).
        BetweenMachines = KnownLink.Network(400e9),
    };
}
