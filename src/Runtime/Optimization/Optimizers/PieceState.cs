using System.Collections.Immutable;
using TorchSharp;
using static TorchSharp.torch;

namespace ParDsl.Runtime.Optimization.Optimizers;

/// <summary>What an optimizer remembers of each element: a tensor beside each piece.</summary>
internal static class PieceState
{
    public static ImmutableArray<Tensor> Zeros(ImmutableArray<FlatPiece> pieces) =>
        [.. pieces.Select(piece => zeros_like(piece.Values).DetachFromDisposeScope())];
}
