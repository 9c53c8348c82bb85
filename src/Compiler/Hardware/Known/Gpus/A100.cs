namespace ParDsl.Compiler.Hardware.Known.Gpus;

/// <summary>NVIDIA A100 80GB SXM4 (data sheet 2021), eight in a DGX A100 (data sheet 2020).</summary>
internal static class A100
{
    public static readonly KnownGpu Machine = new("a100", "NVIDIA A100 SXM, 80 GB", "NVIDIA A100-SXM4-80GB", 80L << 30)
    {
        // Tensor cores in float64 (19.5), none for float32 without TF32 (19.5), dense bfloat16 and float16 (312).
        Products = new(Float64: 19.5e12, Float32: 19.5e12, BFloat16: 312e12, Float16: 312e12),
        // Float64 without tensor cores (9.7), TF32 (156).
        Convolutions = new(Float64: 9.7e12, Float32: 156e12, BFloat16: 312e12, Float16: 312e12),
        Achieved = AchievedShare.ProductsToAmpere,
        Attention = AchievedShare.AttentionToAmpere,
        MemoryPeak = 2.039e12,
        // 108 multiprocessors, 16 a cycle each, at 1.41 GHz (A100 architecture white paper 2020).
        SpecialsPerSecond = 108 * 16 * 1.41e9,
        // Older drivers leave the maker out. The one of 40 GB has slower memory.
        OtherNames = ["A100-SXM4-80GB"],
        // 600 GB/s are both directions.
        Link = KnownLink.NvLink(300e9),
        // HDR InfiniBand, eight adapters of 200 Gb/s for eight GPUs (DGX A100).
        BetweenMachines = KnownLink.Network(200e9),
    };
}
