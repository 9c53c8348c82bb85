using static TorchSharp.torch;

namespace ParDsl.Runtime.Training.Losses;

/// <summary>PyTorch's CrossEntropyLoss over classes, from logits [batch, classes].</summary>
internal sealed class CrossEntropyLoss(double labelSmoothing) : IMeasure
{
    public long TermsPerSample => 1;

    public Tensor Sum(Tensor output, Tensor target) =>
        nn.functional.cross_entropy(output, target, reduction: nn.Reduction.Sum, label_smoothing: labelSmoothing);
}
