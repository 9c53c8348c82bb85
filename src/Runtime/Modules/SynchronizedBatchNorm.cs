using ParDsl.Runtime.Collectives;
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
        using var shifted = variance.add(site.Epsilon);
        var inverseDeviation = shifted.rsqrt(); // [channels]
        ctx.save_for_backward([input, weight, mean, inverseDeviation]);
        ctx.save_data(nameof(Site), site);
        return nn.functional.batch_norm(input, mean, variance, weight, bias, training: false, eps: site.Epsilon);
    }

    public override List<Tensor> backward(autograd.AutogradContext ctx, Tensor grad_output)
    {
        var saved = ctx.get_saved_variables();
        var site = (Site)ctx.get_data(nameof(Site));
        return site.Callbacks.Guard(() => Gradients(saved, grad_output, site), () => Zeros(saved));
    }

    private static List<Tensor> Gradients(List<Tensor> saved, Tensor grad, Site site)
    {
        using var scope = NewDisposeScope();
        var (weight, mean, inverseDeviation) = (saved[1], saved[2], saved[3]);
        var (input, outer) = (WidePrecision.Of(saved[0]), WidePrecision.Of(grad));
        var reduced = ChannelDimensions.Reduced(input);
        var centred = input.sub(ChannelDimensions.Spread(mean, input));
        var sums = cat([outer.sum(reduced), outer.mul(centred).sum(reduced)]); // [2 channels]
        var channels = mean.numel();
        var biasGradient = sums.narrow(0, 0, channels).clone();
        var weightGradient = sums.narrow(0, channels, channels).mul(inverseDeviation);

        site.Group.AllReduce(sums);
        sums.div_(site.Count);
        var meanOuter = sums.narrow(0, 0, channels);
        var meanProduct = sums.narrow(0, channels, channels);
        var slope = meanProduct.mul(inverseDeviation).mul_(inverseDeviation);
        var inputGradient = outer.sub(ChannelDimensions.Spread(meanOuter, input))
            .sub_(centred.mul_(ChannelDimensions.Spread(slope, input)))
            .mul_(ChannelDimensions.Spread(weight.mul(inverseDeviation), input))
            .to(saved[0].dtype);
        scope.MoveToOuter(inputGradient, weightGradient, biasGradient);
        return [inputGradient, weightGradient, biasGradient, null!, null!, null!];
    }

    private static List<Tensor> Zeros(List<Tensor> saved) =>
        [zeros_like(saved[0]), zeros_like(saved[1]), zeros_like(saved[1]), null!, null!, null!];

    /// <summary>What the pass needs beside tensors.</summary>
    /// <param name="Count">The numbers of one channel, over all ranks.</param>
    internal sealed record Site(double Count, double Epsilon, ICollectiveGroup Group, CallbackFailure Callbacks);
}
