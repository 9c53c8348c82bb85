using static TorchSharp.torch;

namespace ParDsl.Runtime.Training;

/// <summary>
/// A loss or a metric: the mean of a number over samples and terms, whose sum each rank computes for its own slice. A slice
/// without samples has the sum 0.
/// </summary>
internal interface IMeasure
{
    /// <summary>How many terms each sample adds to the sum.</summary>
    long TermsPerSample { get; }

    /// <param name="output">[batch, ...], what the model gives.</param>
    /// <param name="target">[batch, places...] of classes or [batch, ...] of values.</param>
    /// <returns>A scalar; for a loss, one that backward can start from.</returns>
    Tensor Sum(Tensor output, Tensor target);
}
