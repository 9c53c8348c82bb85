using static TorchSharp.torch;

namespace ParDsl.Runtime.Training.Metrics;

/// <summary>The share of samples whose greatest output is their class.</summary>
internal sealed class AccuracyMetric : IMeasure
{
    public long TermsPerSample => 1;

    public Tensor Sum(Tensor output, Tensor target)
    {
        if (output.shape[0] == 0)
            return zeros([], ScalarType.Int64, output.device);
        using var guess = output.argmax(-1);
        using var isRight = guess.eq(target);
        return isRight.sum();
    }
}
