using static TorchSharp.torch;

namespace ParDsl.Runtime.Calibration.Measuring;

/// <summary>libtorch's fused kernel of attention, forward and backward, of some samples' heads.</summary>
internal sealed class AttentionWork : IMeasuredWork
{
    private const int Samples = 8;
    private const int Heads = 4;
    private const int Places = 128;
    private const int Features = 32; // Of each head.

    /// <summary>Backward are five products where two are forward (Dao et al. 2022, FlashAttention).</summary>
    private const double BackwardProducts = 2.5;

    /// <summary>Of the forward pass; a multiply-add counts 2.</summary>
    public const double ForwardOperations = 4.0 * Samples * Heads * Places * Places * Features;

    public const double Operations = (1 + BackwardProducts) * ForwardOperations;

    /// <summary>Exponentials: of each score forward, and again backward.</summary>
    public const double Specials = 2.0 * Samples * Heads * Places * Places;

    private readonly Tensor input; // [samples, heads, places, features]
    private readonly Tensor gradient;

    public AttentionWork(Device device)
    {
        input = MeasuredNumbers.Of([Samples, Heads, Places, Features], ScalarType.Float32, device);
        gradient = MeasuredNumbers.Of([Samples, Heads, Places, Features], ScalarType.Float32, device);
    }

    public void Do()
    {
        using var own = input.detach().requires_grad_(true);
        using var output = nn.functional.scaled_dot_product_attention(own, own, own);
        autograd.backward([output], [gradient]);
        own.grad?.Dispose();
    }

    public void Dispose()
    {
        input.Dispose();
        gradient.Dispose();
    }
}
