using ParDsl.Runtime.Collectives;
using TorchSharp;
using static TorchSharp.torch;

namespace ParDsl.Runtime.Modules.Tensors;

/// <summary>
/// The two places where tensor ranks meet (Shoeybi et al. 2019, f and g): where a whole value goes to parts of a layer, and
/// where parts of a value are summed up.
/// </summary>
internal sealed class TensorRanks(ICollectiveGroup group, CallbackFailure callbacks)
{
    /// <summary>The value as it is; in the backward pass its gradient is summed over the ranks.</summary>
    public Tensor Enter(Tensor input) => input.requires_grad ? SumBackward.apply(input, this) : input.alias();

    /// <summary>The sum over the ranks; in the backward pass its gradient is as it is.</summary>
    public Tensor Sum(Tensor part) => SumForward.apply(part, this);

    private Tensor SumOf(Tensor part)
    {
        using var guard = no_grad();
        using var contiguous = part.contiguous();
        var sum = contiguous.clone();
        group.AllReduce(sum);
        return sum;
    }

    private sealed class SumForward : autograd.SingleTensorFunction<SumForward>
    {
        public override string Name => nameof(SumForward);

        /// <summary>Variables: part, ranks.</summary>
        public override Tensor forward(autograd.AutogradContext ctx, params object[] vars) =>
            ((TensorRanks)vars[1]).SumOf((Tensor)vars[0]);

        public override List<Tensor> backward(autograd.AutogradContext ctx, Tensor grad_output) => [grad_output.alias(), null!];
    }

    private sealed class SumBackward : autograd.SingleTensorFunction<SumBackward>
    {
        public override string Name => nameof(SumBackward);

        /// <summary>Variables: input, ranks.</summary>
        public override Tensor forward(autograd.AutogradContext ctx, params object[] vars)
        {
            ctx.save_data(nameof(TensorRanks), vars[1]);
            return ((Tensor)vars[0]).alias();
        }

        public override List<Tensor> backward(autograd.AutogradContext ctx, Tensor grad_output)
        {
            var ranks = (TensorRanks)ctx.get_data(nameof(TensorRanks));
            return ranks.Callbacks.Guard<List<Tensor>>(
                () => [ranks.SumOf(grad_output), null!], () => [zeros_like(grad_output), null!]);
        }
    }

    private CallbackFailure Callbacks => callbacks;
}
