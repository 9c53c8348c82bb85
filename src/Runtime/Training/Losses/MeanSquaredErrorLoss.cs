using static TorchSharp.torch;

namespace ParDsl.Runtime.Training.Losses;

/// <summary>PyTorch's MSELoss.</summary>
internal sealed class MeanSquaredErrorLoss(long termsPerSample) : IMeasure
{
    public long TermsPerSample => termsPerSample;

    public Tensor Sum(Tensor output, Tensor target) => nn.functional.mse_loss(output, target, nn.Reduction.Sum);
}
