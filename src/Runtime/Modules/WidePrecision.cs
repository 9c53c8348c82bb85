using TorchSharp;
using static TorchSharp.torch;

namespace ParDsl.Runtime.Modules;

/// <summary>Numbers of 16 bits in float32, where sums and statistics would lose too much; others as they are.</summary>
internal static class WidePrecision
{
    /// <summary>The caller's to dispose; gradients flow back in the tensor's own type.</summary>
    public static Tensor Of(Tensor tensor) => Converted(tensor) ?? tensor.alias();

    /// <summary>Null where the tensor is wide enough itself; else the caller's to dispose.</summary>
    public static Tensor? Converted(Tensor tensor) =>
        tensor.dtype is ScalarType.BFloat16 or ScalarType.Float16 ? tensor.to(ScalarType.Float32) : null;
}
