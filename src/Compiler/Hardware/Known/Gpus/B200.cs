namespace ParDsl.Compiler.Hardware.Known.Gpus;

/// <summary>NVIDIA B200 SXM, eight in an HGX B200 (Blackwell data sheet 2025) and a DGX B200 (data sheet 2024).</summary>
internal static class B200
{
    public static readonly KnownGpu Machine = new("b200", "NVIDIA B200 SXM, 180 GB", "NVIDIA B200", 180L << 30)
    {
        // The sheet's 4.5 peta in bfloat16 and float16 are with sparsity.
        Products = new(Float64: 37e12, Float32: 75e12, BFloat16: 2250e12, Float16: 2250e12),
        // TF32's 2.2 peta are with sparsity.
        Convolutions = new(Float64: 37e12, Float32: 1100e12, BFloat16: 2250e12, Float16: 2250e12),
        Achieved = AchievedShare.ProductsSinceHopper,
        Attention = AchievedShare.AttentionSinceHopper,
        // DGX B200: 64 TB/s for eight.
        MemoryPeak = 8e12,
        // 148 multiprocessors, 16 a cycle each, at 1.85 GHz: as Hopper's units work; an assumption.
        SpecialsPerSecond = 148 * 16 * 1.85e9,
        // 1.8 TB/s are both directions.
        Link = KnownLink.NvLink(900e9),
        // NDR InfiniBand, eight adapters of 400 Gb/s for eight GPUs (DGX B200).
        BetweenMachines = KnownLink.Network(400e9),
    };
}
