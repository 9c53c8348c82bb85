using static TorchSharp.torch;

namespace ParDsl.Runtime.Training.Metrics;

/// <summary>The share of samples, or of their places, whose greatest output is their class.</summary>
internal sealed class AccuracyMetric(long places) : IMeasure
{
    public long TermsPerSample => places;

    public Tensor Sum(Tensor output, Tensor target)
    {
        if (output.shape[0] == 0)
            return zeros([], ScalarType.Int64, output.device);
        using var guess = output.argmax(-1);
        using var isRight = guess.eq(target);
        return isRight.sum();
    }
}
