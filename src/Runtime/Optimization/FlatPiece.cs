using static TorchSharp.torch;

namespace ParDsl.Runtime.Optimization;

/// <summary>A run of a rank's parameters that the rank updates itself, and its gradients.</summary>
/// <param name="ElementOffset">Where it starts in the rank's flat buffer.</param>
internal sealed record FlatPiece(long ElementOffset, Tensor Values, Tensor Gradients);
