namespace ParDsl.Compiler.Hardware.Known.Gpus;

/// <summary>NVIDIA Tesla V100 32GB SXM2 (data sheet 2018), eight in a DGX-1 and sixteen in a DGX-2 (data sheets 2018).</summary>
internal static class V100
{
    public static readonly KnownGpu Machine = new("v100", "NVIDIA V100 SXM, 32 GB", "Tesla V100-SXM2-32GB", 32L << 30)
    {
        // Tensor cores in float16 only. Bfloat16 is computed in float32: an assumption.
        Products = new(Float64: 7.8e12, Float32: 15.7e12, BFloat16: 15.7e12, Float16: 125e12),
        Convolutions = new(Float64: 7.8e12, Float32: 15.7e12, BFloat16: 15.7e12, Float16: 125e12),
        Achieved = AchievedShare.ProductsToAmpere,
        Attention = AchievedShare.AttentionToAmpere,
        MemoryPeak = 900e9,
        // 80 multiprocessors, 16 a cycle each, at 1.53 GHz (V100 architecture white paper 2017).
        SpecialsPerSecond = 80 * 16 * 1.53e9,
        // 300 GB/s are both directions.
        Link = KnownLink.NvLink(150e9),
        // EDR InfiniBand, an adapter of 100 Gb/s for two GPUs (DGX-1: four for eight; DGX-2: eight for sixteen).
        BetweenMachines = KnownLink.Network(50e9),
        Most = 16,
        // DGX-2's runs at 1.6 GHz, 4 % above this one.
        OtherNames = ["Tesla V100-SXM2-16GB", "Tesla V100-SXM3-32GB"],
    };
}
