using static TorchSharp.torch;

namespace ParDsl.Runtime.Training.Losses;

/// <summary>PyTorch's CrossEntropyLoss over classes, from logits [batch, classes] or [batch, places..., classes].</summary>
internal sealed class CrossEntropyLoss(double labelSmoothing, long places) : IMeasure
{
    public long TermsPerSample => places;

    public Tensor Sum(Tensor output, Tensor target)
    {
        using var rows = output.flatten(0, -2); // [batch * places, classes]
        using var classes = target.flatten();
        return nn.functional.cross_entropy(rows, classes, reduction: nn.Reduction.Sum, label_smoothing: labelSmoothing);
    }
}
