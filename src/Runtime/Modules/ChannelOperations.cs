using ParDsl.Runtime.Native;
using static TorchSharp.torch;

namespace ParDsl.Runtime.Modules;

/// <summary>
/// The halves of libtorch's batch norm that ranks need between their collectives, and TorchSharp offers as a whole only. Of
/// inputs [batch, channels, ...] of float32 at least that hold samples.
/// </summary>
internal static class ChannelOperations
{
    /// <summary>PyTorch's <c>batch_norm_update_stats</c> without running statistics.</summary>
    /// <returns>Each channel's mean and variance, over the count and not one less; the caller's to dispose.</returns>
    public static (Tensor Mean, Tensor Variance) Statistics(Tensor input)
    {
        var call = new OperationArguments(stackalloc ulong[4]);
        call.Add(input);
        call.AddNone(); // running mean
        call.AddNone(); // running variance
        call.Add(0.0); // momentum
        return OperationDispatcher.CallForTwo("aten::batch_norm_update_stats\0"u8, call);
    }

    /// <summary>
    /// PyTorch's <c>native_batch_norm_backward</c> for given statistics, without the input's gradient.
    /// </summary>
    /// <param name="outer">The output's gradient, like the input.</param>
    /// <returns>This input's part of the gradients of scale and shift; the caller's to dispose.</returns>
    public static (Tensor Scale, Tensor Shift) ParameterGradients(
        Tensor outer, Tensor input, Tensor mean, Tensor variance, double epsilon)
    {
        var call = new OperationArguments(stackalloc ulong[10]);
        call.Add(outer);
        call.Add(input);
        call.AddNone(); // scale, which only the input's gradient needs
        call.AddOptional(mean);
        call.AddOptional(variance);
        call.AddNone(); // the batch's own statistics
        call.AddNone();
        call.Add(false); // training
        call.Add(epsilon);
        call.AddFlags([false, true, true]);
        var (none, scale, shift) = OperationDispatcher.CallForThree("aten::native_batch_norm_backward\0"u8, call);
        none.Dispose();
        return (scale, shift);
    }
}
