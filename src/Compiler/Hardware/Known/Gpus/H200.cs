namespace ParDsl.Compiler.Hardware.Known.Gpus;

/// <summary>NVIDIA H200 SXM (data sheet 2024): the H100's chip with more and faster memory.</summary>
internal static class H200
{
    public static readonly KnownGpu Machine = new("h200", "NVIDIA H200 SXM, 141 GB", "NVIDIA H200", 141L << 30)
    {
        Products = H100.Products,
        Convolutions = H100.Convolutions,
        Achieved = AchievedShare.ProductsSinceHopper,
        Attention = AchievedShare.AttentionSinceHopper,
        MemoryPeak = 4.8e12,
        SpecialsPerSecond = H100.SpecialsPerSecond,
        // 900 GB/s are both directions.
        Link = KnownLink.NvLink(450e9),
        // NDR InfiniBand, eight adapters of 400 Gb/s for eight GPUs (DGX H200, data sheet 2024).
        BetweenMachines = KnownLink.Network(400e9),
    };
}
