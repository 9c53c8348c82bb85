using ParDsl.Runtime.Collectives;
using ParDsl.Runtime.Native;
using TorchSharp;
using static TorchSharp.torch;

namespace ParDsl.Runtime.Modules;

/// <summary>
/// Batch norm with given statistics, whose gradient flows through them too: backward sums two numbers a channel over the
/// ranks. The derivation is Ioffe and Szegedy's (2015), section 3, with N the count over all ranks.
/// </summary>
internal sealed class SynchronizedBatchNorm : autograd.SingleTensorFunction<SynchronizedBatchNorm>
{
    public override string Name => nameof(SynchronizedBatchNorm);

    /// <summary>Variables: input, weight, bias, mean, variance, site; all but the input of float32 at least.</summary>
    public override Tensor forward(autograd.AutogradContext ctx, params object[] vars)
    {
        var (input, weight, bias) = ((Tensor)vars[0], (Tensor)vars[1], (Tensor)vars[2]);
        var (mean, variance, site) = ((Tensor)vars[3], (Tensor)vars[4], (Site)vars[5]);
        ctx.save_for_backward([input, weight, mean, variance]);
        ctx.save_data(nameof(Site), site);
        return nn.functional.batch_norm(input, mean, variance, weight, bias, training: false, eps: site.Epsilon);
    }

    public override List<Tensor> backward(autograd.AutogradContext ctx, Tensor grad_output)
    {
        var saved = SavedTensors.Take(ctx);
        var site = (Site)ctx.get_data(nameof(Site));
        return site.Callbacks.Gradients(
            [grad_output, .. saved], () => Gradients(saved, grad_output, site), () => Zeros(saved));
    }

    private static List<Tensor> Gradients(List<Tensor> saved, Tensor grad, Site site)
    {
        var (weight, mean, variance) = (saved[1], saved[2], saved[3]);
        var (input, outer) = (WidePrecision.Of(saved[0]), WidePrecision.Of(grad));
        var (weightGradient, biasGradient) = Own(input, outer, mean, variance, site.Epsilon);

        var channels = mean.numel();
        var sums = cat([biasGradient, weightGradient]); // [2 channels]
        site.Group.AllReduce(sums);
        using var count = site.Count.ToScalar();
        using var one = 1.ToScalar();
        sums.div_(count).neg_();
        var inverseDeviation = variance.Plus(site.Epsilon).rsqrt_(); // [channels]
        var scale = weight.mul(inverseDeviation);
        var offset = sums.narrow(0, 0, channels).mul(scale); // - mean of outer * scale
        var slope = sums.narrow(0, channels, channels).mul(inverseDeviation).mul_(scale);
        // outer * scale + (input - mean) * slope + offset, each term in one pass.
        var inputGradient = nn.functional.batch_norm(
            input, mean, ones_like(mean), slope, offset, training: false, eps: 0);
        inputGradient = inputGradient.addcmul_(outer, ChannelDimensions.Spread(scale, input), one).to(saved[0].dtype);
        return [inputGradient, weightGradient, biasGradient, null!, null!, null!];
    }

    /// <summary>What this rank's slice gives to the gradients of weight and bias; nothing where it has no samples.</summary>
    private static (Tensor Weight, Tensor Bias) Own(
        Tensor input, Tensor outer, Tensor mean, Tensor variance, double epsilon) => ChannelDimensions.Count(input) == 0
        ? (zeros_like(mean), zeros_like(mean))
        : ChannelOperations.ParameterGradients(outer, input, mean, variance, epsilon);

    private static List<Tensor> Zeros(List<Tensor> saved) =>
        [zeros_like(saved[0]), zeros_like(saved[1]), zeros_like(saved[1]), null!, null!, null!];

    /// <summary>What the pass needs beside tensors.</summary>
    /// <param name="Count">The numbers of one channel, over all ranks.</param>
    internal sealed record Site(double Count, double Epsilon, ICollectiveGroup Group, CallbackFailure Callbacks);
}
