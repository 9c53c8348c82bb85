using TorchSharp;
using static TorchSharp.torch;

namespace ParDsl.Runtime.Optimization;

/// <summary>PyTorch's <c>clip_grad_norm_</c> over the flat gradients: the 2-norm of all of them is at most the maximum.</summary>
internal static class GradientClip
{
    private const double Epsilon = 1e-6; // as in PyTorch

    public static void Apply(Tensor gradients, double maximumNorm)
    {
        using var norm = gradients.norm();
        var factor = maximumNorm / (norm.ToDouble() + Epsilon);
        if (factor >= 1)
            return;
        using var scale = factor.ToScalar();
        gradients.mul_(scale);
    }
}
