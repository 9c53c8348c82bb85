using static TorchSharp.torch;

namespace ParDsl.Runtime.Ranks.Memory;

/// <summary>Elements of a rank's flat buffer, or of something that is as long as it.</summary>
/// <param name="ElementOffset">Where they start.</param>
internal readonly record struct FlatRun(long ElementOffset, Tensor Elements);
