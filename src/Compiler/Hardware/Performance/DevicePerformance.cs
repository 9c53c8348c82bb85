namespace ParDsl.Compiler.Hardware.Performance;

/// <summary>What one device does in a second, as its rank sees it.</summary>
/// <param name="Products">
/// Matrix products in float32, bfloat16 and float16, and float64: operations a second by the operations of one product; a
/// multiply-add counts 2.
/// </param>
/// <param name="Convolutions">The same for convolutions.</param>
/// <param name="Memory">Bytes a second, read and written together, by the bytes that an element-by-element pass touches.</param>
/// <param name="SpecialsPerSecond">Costly functions of a number (exponential, error function, random number), in a second.</param>
/// <param name="OperationSeconds">What one operation costs beside its work: the call, autograd's node, a kernel's launch.</param>
public sealed record DevicePerformance(
    PrecisionRates Products,
    PrecisionRates Convolutions,
    RateCurve Memory,
    double SpecialsPerSecond,
    double OperationSeconds)
{
    /// <summary>What the fused kernel of attention reaches of the rate of products.</summary>
    public double AttentionShare { get; init; } = 1;

    /// <summary>
    /// Bytes a second of an optimizer's step, read and written together, by the bytes of all that it touches: it finds them where the
    /// update before left them.
    /// </summary>
    public RateCurve Updates { get; init; } = Memory;

    /// <summary>What layers took in training, where they were measured.</summary>
    public LayerSpeeds Layers { get; init; } = LayerSpeeds.None;

    /// <summary>The same device as one of several that share it in turn.</summary>
    public DevicePerformance Times(double factor) => new(
        Products.Times(factor),
        Convolutions.Times(factor),
        Memory.Times(factor),
        SpecialsPerSecond * factor,
        OperationSeconds / factor)
    {
        AttentionShare = AttentionShare,
        Updates = Updates.Times(factor),
        Layers = Layers.Times(factor),
    };
}
