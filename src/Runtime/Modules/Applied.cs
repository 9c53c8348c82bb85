using static TorchSharp.torch;

namespace ParDsl.Runtime.Modules;

/// <summary>
/// A custom function of autograd, applied. TorchSharp makes an empty tensor as large as its output, in case no gradient comes
/// back, which none of the engine's functions has: it is freed here.
/// </summary>
internal static class Applied
{
    public static Tensor Of(Func<Tensor> apply)
    {
        using var scope = NewDisposeScope();
        return apply().MoveToOuterDisposeScope();
    }
}
