using ParDsl.Runtime.Collectives;
using static TorchSharp.torch;

namespace ParDsl.Runtime.Modules;

/// <summary>
/// PyTorch's BatchNorm1d and BatchNorm2d, with the statistics of the whole micro-batch over all data ranks (SyncBatchNorm).
/// </summary>
internal sealed class BatchNormModule(LayerSite site) : ILayerModule
{
    private readonly Tensor weight = site.Tensor("weight"); // [channels]
    private readonly Tensor bias = site.Tensor("bias"); // [channels]
    private readonly Tensor runningMean = site.Tensor("running_mean"); // [channels]
    private readonly Tensor runningVariance = site.Tensor("running_var"); // [channels]
    private readonly Tensor trackedCount = site.Tensor("num_batches_tracked"); // []
    private readonly ICollectiveGroup? group = site.DataGroup is { Size: > 1 } ? site.DataGroup : null;
    private readonly CallbackFailure callbacks = site.Callbacks;
    private readonly double momentum = site.Arguments.Real("momentum");
    private readonly double epsilon = site.Arguments.Real("epsilon");

    public Tensor Forward(ReadOnlySpan<Tensor> inputs, ForwardContext context)
    {
        if (!context.IsTraining)
            return Normalize(inputs[0], isTraining: false);
        CountBatch();
        return group is null ? Normalize(inputs[0], isTraining: true) : NormalizeTogether(inputs[0], group);
    }

    private Tensor Normalize(Tensor input, bool isTraining) => nn.functional.batch_norm(
        input, runningMean, runningVariance, weight, bias, isTraining, momentum, epsilon);

    private Tensor NormalizeTogether(Tensor input, ICollectiveGroup group)
    {
        using var statistics = GlobalStatistics.Measure(input, group);
        statistics.UpdateRunning(runningMean, runningVariance, momentum);
        var site = new SynchronizedBatchNorm.Site(statistics.Count, epsilon, group, callbacks);
        return SynchronizedBatchNorm.apply(input, weight, bias, statistics.Mean, statistics.Variance, site);
    }

    private void CountBatch()
    {
        using var guard = no_grad();
        using var one = ones_like(trackedCount);
        trackedCount.add_(one);
    }
}
