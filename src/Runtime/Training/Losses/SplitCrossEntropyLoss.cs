using ParDsl.Runtime.Collectives;
using ParDsl.Runtime.Modules;
using ParDsl.Runtime.Native;
using TorchSharp;
using static TorchSharp.torch;

namespace ParDsl.Runtime.Training.Losses;

/// <summary>
/// PyTorch's CrossEntropyLoss where each tensor rank has the logits of its classes: four numbers of each row go from rank to
/// rank, never the logits (Shoeybi et al. 2019).
/// </summary>
/// <param name="labelSmoothing">The share of the target that all classes have alike.</param>
/// <param name="group">The tensor ranks, in the order of their classes.</param>
internal sealed class SplitCrossEntropyLoss(double labelSmoothing, long places, ICollectiveGroup group, CallbackFailure callbacks)
    : IMeasure
{
    public long TermsPerSample => places;

    public Tensor Sum(Tensor output, Tensor target)
    {
        using var rows = output.flatten(0, -2); // [batch * places, own classes]
        using var classes = target.flatten();
        return RowsFunction.apply(rows, classes, this);
    }

    /// <summary>What the ranks know of each row together.</summary>
    /// <param name="logSum">The logarithm of the sum of all classes' exponentials.</param>
    private Tensor Losses(Tensor rows, Tensor target, out Tensor logSum)
    {
        var (own, isOwn) = Own(rows, target);
        var greatest = rows.amax([1L]);
        var exponentials = rows.sub(greatest.unsqueeze(1)).exp_().sum(1L);
        var targetLogit = rows.gather(1, own.unsqueeze(1)).squeeze(1).mul(isOwn);
        var packed = stack([greatest, exponentials, targetLogit, rows.sum(1L)]); // [4, rows]
        var all = empty([group.Size, 4, rows.size(0)], rows.dtype, rows.device);
        group.AllGather(packed, all);

        var greatests = all.select(1, 0); // [ranks, rows]
        var (top, _) = greatests.max(0);
        logSum = all.select(1, 1).mul(greatests.sub(top).exp_()).sum(0L).log_().Increase(top);
        using var classCount = ((double)rows.size(1) * group.Size).ToScalar();
        using var hitShare = (1 - labelSmoothing).ToScalar();
        using var spreadShare = labelSmoothing.ToScalar();
        var hit = logSum.sub(all.select(1, 2).sum(0L)).mul_(hitShare);
        var spread = logSum.sub(all.select(1, 3).sum(0L).div_(classCount)).mul_(spreadShare);
        return hit.Increase(spread);
    }

    private Tensor Gradient(Tensor rows, Tensor target, Tensor logSum, Tensor outer)
    {
        var (own, isOwn) = Own(rows, target);
        var classCount = (double)rows.size(1) * group.Size;
        using var spreadShare = (labelSmoothing / classCount).ToScalar();
        using var hitShare = (labelSmoothing - 1).ToScalar();
        var gradient = rows.sub(logSum.unsqueeze(1)).exp_().sub_(spreadShare);
        var hit = isOwn.to(rows.dtype).mul_(hitShare);
        return gradient.scatter_add_(1, own.unsqueeze(1), hit.unsqueeze(1)).mul_(outer);
    }

    /// <summary>Each row's target among this rank's classes; 0, and not its own, where it is another rank's.</summary>
    private (Tensor Own, Tensor IsOwn) Own(Tensor rows, Tensor target)
    {
        using var first = (group.Rank * rows.size(1)).ToScalar();
        using var zero = 0.ToScalar();
        using var end = rows.size(1).ToScalar();
        var own = target.sub(first);
        var isOwn = own.ge(zero).logical_and(own.lt(end));
        return (own.mul(isOwn), isOwn);
    }

    private CallbackFailure Callbacks => callbacks;

    private sealed class RowsFunction : autograd.SingleTensorFunction<RowsFunction>
    {
        public override string Name => nameof(SplitCrossEntropyLoss);

        /// <summary>Variables: rows, target, loss.</summary>
        public override Tensor forward(autograd.AutogradContext ctx, params object[] vars)
        {
            using var scope = NewDisposeScope();
            var (rows, target, loss) = ((Tensor)vars[0], (Tensor)vars[1], (SplitCrossEntropyLoss)vars[2]);
            var sum = loss.Losses(rows, target, out var logSum).sum();
            scope.MoveToOuter(sum, logSum);
            ctx.save_for_backward([rows, target, logSum]);
            ctx.save_data(nameof(SplitCrossEntropyLoss), loss);
            return sum;
        }

        public override List<Tensor> backward(autograd.AutogradContext ctx, Tensor grad_output)
        {
            var saved = SavedTensors.Take(ctx);
            var loss = (SplitCrossEntropyLoss)ctx.get_data(nameof(SplitCrossEntropyLoss));
            return loss.Callbacks.Gradients(
                [grad_output, .. saved],
                () => [loss.Gradient(saved[0], saved[1], saved[2], grad_output), null!, null!],
                () => [zeros_like(saved[0]), null!, null!]);
        }
    }
}
