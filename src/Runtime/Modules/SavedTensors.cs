using static TorchSharp.torch;

namespace ParDsl.Runtime.Modules;

/// <summary>What a custom function of autograd has saved for its backward pass.</summary>
internal static class SavedTensors
{
    /// <summary>
    /// The tensors, which become the caller's. libtorch's own functions let theirs go when they have gone backward; TorchSharp's
    /// would keep them until the whole graph goes.
    /// </summary>
    public static List<Tensor> Take(autograd.AutogradContext context)
    {
        var saved = context.get_saved_variables();
        context.Dispose();
        return saved;
    }
}
