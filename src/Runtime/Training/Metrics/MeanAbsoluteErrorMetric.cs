using static TorchSharp.torch;

namespace ParDsl.Runtime.Training.Metrics;

/// <summary>The mean distance between output and target.</summary>
internal sealed class MeanAbsoluteErrorMetric(long termsPerSample) : IMeasure
{
    public long TermsPerSample => termsPerSample;

    public Tensor Sum(Tensor output, Tensor target)
    {
        using var difference = output.sub(target);
        using var distance = difference.abs();
        return distance.sum();
    }
}
