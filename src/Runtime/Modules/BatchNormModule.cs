using ParDsl.Runtime.Collectives;
using ParDsl.Runtime.Native;
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
            return Normalize(inputs[0], runningMean, runningVariance, isTraining: false);
        // What passes again was counted the first time.
        var keepsStatistics = !context.IsRepeated;
        if (keepsStatistics)
            CountBatch();
        return group is null
            ? NormalizeAlone(inputs[0], keepsStatistics)
            : NormalizeTogether(inputs[0], group, keepsStatistics);
    }

    private Tensor NormalizeAlone(Tensor input, bool keepsStatistics)
    {
        if (keepsStatistics)
            return Normalize(input, runningMean, runningVariance, isTraining: true);
        using var mean = runningMean.clone();
        using var variance = runningVariance.clone();
        return Normalize(input, mean, variance, isTraining: true);
    }

    /// <summary>
    /// Statistics are of float32 at least, and libtorch wants scale and shift of their type. Where that is theirs, autograd
    /// keeps the leaves themselves, whose memory may go and come again before backward.
    /// </summary>
    private Tensor Normalize(Tensor input, Tensor mean, Tensor variance, bool isTraining)
    {
        using var scale = WidePrecision.Converted(weight);
        using var shift = WidePrecision.Converted(bias);
        return nn.functional.batch_norm(
            input, mean, variance, scale ?? weight, shift ?? bias, isTraining, momentum, epsilon);
    }

    private Tensor NormalizeTogether(Tensor input, ICollectiveGroup group, bool keepsStatistics)
    {
        using var statistics = GlobalStatistics.Measure(input, group);
        if (keepsStatistics)
            statistics.UpdateRunning(runningMean, runningVariance, momentum);
        var site = new SynchronizedBatchNorm.Site(statistics.Count, epsilon, group, callbacks);
        using var scale = WidePrecision.Converted(weight);
        using var shift = WidePrecision.Converted(bias);
        return Applied.Of(
            () => SynchronizedBatchNorm.apply(input, scale ?? weight, shift ?? bias, statistics.Mean, statistics.Variance, site));
    }

    private void CountBatch()
    {
        using var guard = no_grad();
        using var one = ones_like(trackedCount);
        trackedCount.Increase(one);
    }
}
