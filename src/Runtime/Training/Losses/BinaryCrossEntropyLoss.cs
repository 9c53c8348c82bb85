using static TorchSharp.torch;

namespace ParDsl.Runtime.Training.Losses;

/// <summary>PyTorch's BCEWithLogitsLoss.</summary>
internal sealed class BinaryCrossEntropyLoss(long termsPerSample) : IMeasure
{
    public long TermsPerSample => termsPerSample;

    public Tensor Sum(Tensor output, Tensor target) =>
        nn.functional.binary_cross_entropy_with_logits(output, target, reduction: nn.Reduction.Sum);
}
