using static TorchSharp.torch;

namespace ParDsl.Runtime.Verifying;

/// <summary>The elements of a tensor that rounding alone moves.</summary>
/// <param name="Mask">True at them; in a shape that broadcasts to the tensor's, and at one element at least.</param>
/// <param name="Reach">How far two trainings may be apart there.</param>
internal sealed record MovedElements(Tensor Mask, double Reach);
