using ParDsl.Compiler.Plans;
using ParDsl.Runtime.Collectives;
using TorchSharp;
using static TorchSharp.torch;

namespace ParDsl.Runtime.Modules.Tensors;

/// <summary>
/// The two places where tensor ranks meet: where a whole value goes to parts of a layer, and where parts of a value are
/// summed up (Shoeybi et al. 2019, f and g; and g with a bar of Korthikanti et al. 2022, where ranks divide the sequence).
/// </summary>
internal sealed class TensorRanks(TensorSite site, CallbackFailure callbacks)
{
    private readonly ICollectiveGroup group = site.Group;
    private readonly SequencePlaces places = new(site.Group, callbacks);

    /// <summary>
    /// The value as it is, or gathered from the ranks that have its places; in the backward pass its gradient is summed over
    /// the ranks, and each has its places of it again.
    /// </summary>
    public Tensor Enter(Tensor input)
    {
        if (site.Entries[0] == ValueEntry.GatherForParts)
            return SequenceCrossing.Of(input, SequenceCrossing.GatherForParts, places);
        return input.requires_grad ? Applied.Of(() => SumBackward.apply(input, this)) : input.alias();
    }

    /// <summary>
    /// The sum over the ranks, or the rank's places of it; in the backward pass its gradient is as it is, or gathered.
    /// </summary>
    public Tensor Sum(Tensor part) => site.Split.DividesSequence
        ? SequenceCrossing.Of(part, SequenceCrossing.SumToPlaces, places)
        : Applied.Of(() => SumForward.apply(part, this));

    private Tensor SumOf(Tensor part)
    {
        using var guard = no_grad();
        using var dense = ChannelsLast.Dense(part);
        var sum = dense.clone();
        using var laid = ChannelsLast.Laid(sum);
        group.AllReduce(laid);
        return sum;
    }

    private sealed class SumForward : autograd.SingleTensorFunction<SumForward>
    {
        public override string Name => nameof(SumForward);

        /// <summary>Variables: part, ranks.</summary>
        public override Tensor forward(autograd.AutogradContext ctx, params object[] vars)
        {
            ctx.save_data(nameof(TensorRanks), vars[1]);
            return ((TensorRanks)vars[1]).SumOf((Tensor)vars[0]);
        }

        public override List<Tensor> backward(autograd.AutogradContext ctx, Tensor grad_output)
        {
            var ranks = (TensorRanks)ctx.get_data(nameof(TensorRanks));
            return ranks.Callbacks.Gradients(
                [grad_output], () => [grad_output.alias(), null!], () => [zeros_like(grad_output), null!]);
        }
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
            return ranks.Callbacks.Gradients(
                [grad_output], () => [ranks.SumOf(grad_output), null!], () => [zeros_like(grad_output), null!]);
        }
    }

    private CallbackFailure Callbacks => callbacks;
}
