using ParDsl.Runtime.Optimization;
using TorchSharp;
using static TorchSharp.torch;

namespace ParDsl.Runtime.Ranks.Memory;

/// <summary>
/// A piece of the parameters once more in float32. The optimizer updates these, since 16 bits lose a small update in their
/// rounding; after each update the parameters are these, rounded.
/// </summary>
internal sealed class MasterPiece : IDisposable
{
    private readonly FlatPiece rounded;

    /// <param name="rounded">The piece in the parameters' own type.</param>
    /// <param name="values">As many elements, of float32.</param>
    public MasterPiece(FlatPiece rounded, Tensor values)
    {
        this.rounded = rounded;
        Piece = new FlatPiece(rounded.ElementOffset, values, zeros_like(values).DetachFromDisposeScope());
    }

    /// <summary>What the optimizer updates, and the gradients that it sees.</summary>
    public FlatPiece Piece { get; }

    public void WidenGradients() => Piece.Gradients.copy_(rounded.Gradients);

    public void Round() => rounded.Values.copy_(Piece.Values);

    public void Dispose() => Piece.Gradients.Dispose();
}
