using TorchSharp;
using static TorchSharp.torch;

namespace ParDsl.Runtime.Modules;

/// <summary>PyTorch's Flatten: all dimensions of a sample become one.</summary>
internal sealed class FlattenModule(LayerSite site) : ILayerModule
{
    private readonly CallbackFailure callbacks = site.Callbacks;

    public Tensor Forward(ReadOnlySpan<Tensor> inputs, ForwardContext context)
    {
        var input = inputs[0];
        if (!ChannelsLast.AreImages(input) || !input.requires_grad)
            return input.flatten(1);
        using var ordered = Applied.Of(() => OrderedGradient.apply(input, callbacks));
        return ordered.flatten(1);
    }

    /// <summary>
    /// Puts the gradient's channels side by side, as the images have them. It comes channel after channel, and the layers before
    /// would go on so, with copies of all that they kept.
    /// </summary>
    private sealed class OrderedGradient : autograd.SingleTensorFunction<OrderedGradient>
    {
        public override string Name => nameof(OrderedGradient);

        /// <summary>Variables: images, callbacks.</summary>
        public override Tensor forward(autograd.AutogradContext ctx, params object[] vars)
        {
            ctx.save_data(nameof(CallbackFailure), vars[1]);
            return ((Tensor)vars[0]).alias();
        }

        public override List<Tensor> backward(autograd.AutogradContext ctx, Tensor grad_output)
        {
            var callbacks = (CallbackFailure)ctx.get_data(nameof(CallbackFailure));
            return callbacks.Gradients(
                [grad_output], () => [ChannelsLast.Of(grad_output), null!], () => [zeros_like(grad_output), null!]);
        }
    }
}
