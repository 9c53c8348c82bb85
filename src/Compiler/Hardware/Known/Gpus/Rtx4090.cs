namespace ParDsl.Compiler.Hardware.Known.Gpus;

/// <summary>NVIDIA GeForce RTX 4090 (Ada white paper 2022), up to eight on PCIe.</summary>
internal static class Rtx4090
{
    public static readonly KnownGpu Machine = new("rtx4090", "NVIDIA GeForce RTX 4090, 24 GB", "NVIDIA GeForce RTX 4090", 24L << 30)
    {
        // Dense, with sums in float32, which is half of what sums in float16 reach. Float64 is a 64th of float32.
        Products = new(Float64: 82.6e12 / 64, Float32: 82.6e12, BFloat16: 165.2e12, Float16: 165.2e12),
        // TF32 is no faster than float32.
        Convolutions = new(Float64: 82.6e12 / 64, Float32: 82.6e12, BFloat16: 165.2e12, Float16: 165.2e12),
        Achieved = AchievedShare.ProductsToAmpere,
        Attention = AchievedShare.AttentionToAmpere,
        MemoryPeak = 1008e9,
        // 128 multiprocessors, 16 a cycle each, at 2.52 GHz.
        SpecialsPerSecond = 128 * 16 * 2.52e9,
        // Some drivers leave the maker out.
        OtherNames = ["GeForce RTX 4090"],
        // PCIe 4.0 x16, 32 GB/s in one direction. The driver lets no GPU write into another, so bytes cross it twice.
        Link = KnownLink.Pcie(16e9),
        // 100 Gb/s for a machine of eight. An assumption.
        BetweenMachines = KnownLink.Network(100e9 / 8),
    };
}
