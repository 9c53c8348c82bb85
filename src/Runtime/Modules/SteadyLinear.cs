using TorchSharp;
using static TorchSharp.torch;

namespace ParDsl.Runtime.Modules;

/// <summary>
/// PyTorch's linear, whose graph does not keep the weight: backward takes what the parameter holds then, which may have been
/// let go and fetched again. The weight's gradient goes straight into its place, at once or when it is asked for. An input that
/// no parameter has made gets none.
/// </summary>
internal sealed class SteadyLinear : autograd.SingleTensorFunction<SteadyLinear>
{
    public override string Name => nameof(SteadyLinear);

    /// <summary>Variables: input, weight, bias or null, site.</summary>
    public override Tensor forward(autograd.AutogradContext ctx, params object[] vars)
    {
        var (input, weight, bias) = ((Tensor)vars[0], (Tensor)vars[1], (Tensor?)vars[2]);
        ctx.save_for_backward([input]);
        ctx.save_data(nameof(Site), vars[3]);
        ctx.save_data(nameof(input.requires_grad), input.requires_grad);
        return nn.functional.linear(input, weight, bias);
    }

    public override List<Tensor> backward(autograd.AutogradContext ctx, Tensor grad_output)
    {
        var input = SavedTensors.Take(ctx)[0];
        var site = (Site)ctx.get_data(nameof(Site));
        var isAsked = (bool)ctx.get_data(nameof(input.requires_grad));
        return site.Callbacks.Gradients(
            [grad_output, input], () => Gradients(input, grad_output, site, isAsked), () => Zeros(input, site, isAsked));
    }

    /// <param name="isAsked">Whether anyone reads the input's gradient.</param>
    internal static List<Tensor> Gradients(Tensor input, Tensor outer, Site site, bool isAsked)
    {
        var inputGradient = isAsked ? outer.matmul(site.Weight) : null!;
        var rows = outer.reshape(-1, outer.size(-1)); // [rows, outputs]
        var sources = input.reshape(-1, input.size(-1)); // [rows, inputs]
        var biasGradient = site.Bias is null ? null! : rows.sum(0L);
        site.Deferred.Add(site.Weight, rows, sources);
        return [inputGradient, null!, biasGradient, null!];
    }

    private static List<Tensor> Zeros(Tensor input, Site site, bool isAsked) =>
        [isAsked ? zeros_like(input) : null!, null!, site.Bias is null ? null! : zeros_like(site.Bias), null!];

    /// <summary>What the pass needs beside tensors.</summary>
    internal sealed record Site(Tensor Weight, Tensor? Bias, DeferredGradients Deferred, CallbackFailure Callbacks);
}
