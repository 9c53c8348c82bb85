using static TorchSharp.torch;

namespace ParDsl.Runtime.Training.Losses;

/// <summary>PyTorch's L1Loss.</summary>
internal sealed class L1Loss(long termsPerSample) : IMeasure
{
    public long TermsPerSample => termsPerSample;

    public Tensor Sum(Tensor output, Tensor target) => nn.functional.l1_loss(output, target, nn.Reduction.Sum);
}
