using ParDsl.Runtime.Collectives;
using ParDsl.Runtime.Native;
using TorchSharp;
using static TorchSharp.torch;

namespace ParDsl.Runtime.Modules;

/// <summary>
/// Each channel's mean and variance over all ranks' slices of a micro-batch, a rank without samples included. The ranks'
/// means and squared deviations are joined as Chan, Golub and LeVeque do (1979), which loses no digits as a sum of squares would.
/// </summary>
internal sealed class GlobalStatistics : IDisposable
{
    private readonly Tensor squaredDeviation; // [channels]

    private GlobalStatistics(Tensor mean, Tensor variance, Tensor squaredDeviation, double count)
    {
        this.squaredDeviation = squaredDeviation;
        (Mean, Variance, Count) = (mean, variance, count);
    }

    /// <summary>The numbers of one channel, over all ranks.</summary>
    public double Count { get; }

    public Tensor Mean { get; } // [channels]

    /// <summary>Over Count, not Count - 1: what the input is divided by.</summary>
    public Tensor Variance { get; } // [channels]

    public static GlobalStatistics Measure(Tensor input, ICollectiveGroup group)
    {
        using var guard = no_grad();
        using var scope = NewDisposeScope();
        var channels = input.size(1);
        var own = Pack(WidePrecision.Of(input), channels); // [2 channels + 1]
        var all = empty([group.Size, own.numel()], own.dtype, own.device);
        group.AllGather(own, all);

        var counts = all.narrow(1, 2 * channels, 1); // [ranks, 1]
        var means = all.narrow(1, 0, channels); // [ranks, channels]
        var total = counts.sum();
        var mean = means.mul(counts).sum(0L).div_(total);
        var offsets = means.sub(mean);
        var between = offsets.mul(offsets).mul_(counts).sum(0L);
        var deviation = all.narrow(1, channels, channels).sum(0L).Increase(between);
        var variance = deviation.div(total);
        scope.MoveToOuter(mean, variance, deviation);
        return new GlobalStatistics(mean, variance, deviation, TensorNumber.Real(total));
    }

    /// <summary>As PyTorch does: the running variance is the unbiased one.</summary>
    public void UpdateRunning(Tensor runningMean, Tensor runningVariance, double momentum)
    {
        using var guard = no_grad();
        using var scope = NewDisposeScope();
        using var share = momentum.ToScalar();
        using var others = (Count - 1).ToScalar();
        var weight = full_like(runningMean, share);
        runningMean.lerp_(Mean, weight);
        runningVariance.lerp_(squaredDeviation.div(others), weight);
    }

    public void Dispose()
    {
        Mean.Dispose();
        Variance.Dispose();
        squaredDeviation.Dispose();
    }

    /// <summary>This slice's means, squared deviations from them, and count; zeros where it has no samples.</summary>
    private static Tensor Pack(Tensor input, long channels)
    {
        var packed = zeros([2 * channels + 1], input.dtype, input.device);
        var count = ChannelDimensions.Count(input);
        if (count == 0)
            return packed;
        using var factor = count.ToScalar();
        var (mean, variance) = ChannelOperations.Statistics(input);
        packed.narrow(0, 0, channels).copy_(mean);
        packed.narrow(0, channels, channels).copy_(variance.mul_(factor));
        packed.narrow(0, 2 * channels, 1).fill_(factor);
        return packed;
    }
}
