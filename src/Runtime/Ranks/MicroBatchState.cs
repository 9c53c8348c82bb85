using ParDsl.Runtime.Data;
using static TorchSharp.torch;

namespace ParDsl.Runtime.Ranks;

/// <summary>What a rank holds of a micro-batch between its actions.</summary>
internal sealed class MicroBatchState
{
    public Batch? Batch { get; set; }

    /// <summary>What the model gave; null before the forward pass, and where no rank has samples of the micro-batch.</summary>
    public Tensor? Output { get; set; }

    /// <summary>The loss summed over the rank's slice, from which backward starts.</summary>
    public Tensor? LossSum { get; set; }

    /// <summary>Lets all go: the batch's memory then holds a later batch.</summary>
    public void Release()
    {
        LossSum?.Dispose();
        Output?.Dispose();
        Batch?.Dispose();
        (LossSum, Output, Batch) = (null, null, null);
    }
}
