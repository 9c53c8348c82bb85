using static TorchSharp.torch;

namespace ParDsl.Runtime.Ranks;

/// <summary>A piece of what a rank holds of one state.</summary>
/// <param name="Name">Which state, or which buffer; empty where there is only one.</param>
/// <param name="ElementOffset">Where it starts in the rank's flat buffer, or in something as long as that; 0 for a buffer.</param>
internal readonly record struct RankPart(string Name, long ElementOffset, Tensor Elements);
