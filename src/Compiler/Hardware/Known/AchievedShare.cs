using ParDsl.Compiler.Hardware.Performance;

namespace ParDsl.Compiler.Hardware.Known;

/// <summary>
/// What training reaches of the peaks on a data sheet. Two of these numbers are fitted, each on one published run, which
/// docs/planner-accuracy.md names; all other runs there test them.
/// </summary>
internal static class AchievedShare
{
    /// <summary>
    /// Of the peak of large matrix products on GPUs up to Ampere. Fitted on MosaicML's MPT 13B on eight A100, 2,048 tokens
    /// (llm-foundry's benchmarks, 2023): 18,097 tokens/s.
    /// </summary>
    public const double ProductsToAmpere = 0.71;

    /// <summary>
    /// Of the peak of large matrix products on GPUs since Hopper, whose power limit holds the clock down. Fitted on MosaicML's
    /// MPT 13B on eight H100, 2,048 tokens (llm-foundry's benchmarks, 2023): 38,336 tokens/s.
    /// </summary>
    public const double ProductsSinceHopper = 0.54;

    /// <summary>
    /// Of the rate of products, what attention's kernel reaches: 50 to 73 % of A100's peak (Dao 2023, FlashAttention-2), of which
    /// the middle is taken. It is assumed for all GPUs up to Ampere, and for the RTX 4090.
    /// </summary>
    public const double AttentionToAmpere = 0.615 / ProductsToAmpere;

    /// <summary>The same since Hopper: 35 % of H100's peak, with the kernel that libtorch has (Shah et al. 2024, FlashAttention-3).</summary>
    public const double AttentionSinceHopper = 0.35 / ProductsSinceHopper;

    /// <summary>Of the memory's peak, in a long pass. An assumption: what copies on A100 and H100 are commonly seen to reach.</summary>
    private const double Memory = 0.85;

    /// <summary>
    /// How long a kernel takes to fill the device and to empty it, which makes the half-size of each curve: at the peak it would
    /// have done as much in that time. An assumption.
    /// </summary>
    private const double RampSeconds = 4e-6;

    /// <summary>
    /// What an operation costs beside its work where kernels are queued ahead: a launch is 2 to 3 microseconds on the device, and
    /// autograd launches more than the layer's own. An assumption.
    /// </summary>
    public const double OperationSeconds = 5e-6;

    /// <param name="share">One of the two above.</param>
    public static PrecisionRates Products(PeakRates peaks, double share) => new(
        Rising(share * peaks.Float64),
        Rising(share * peaks.Float32),
        Rising(share * peaks.BFloat16),
        Rising(share * peaks.Float16));

    public static RateCurve MemoryPasses(double peak) => Rising(Memory * peak);

    private static RateCurve Rising(double perSecond) => RateCurve.Saturating(perSecond, perSecond * RampSeconds);
}
