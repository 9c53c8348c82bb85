using ParDsl.Compiler.Checked;
using ParDsl.Compiler.Plans;

namespace ParDsl.Runtime.Checkpoints;

/// <summary>Which part of a tensor a piece is: a run of the elements of one tensor rank's slice, in that slice's own order.</summary>
/// <param name="Whole">The shape of the whole tensor.</param>
/// <param name="Slice">Null where the tensor is not cut over tensor ranks.</param>
/// <param name="ElementOffset">Where the piece starts in the slice.</param>
public sealed record PiecePlace(Shape Whole, ParameterSlice? Slice, long ElementOffset)
{
    /// <summary>The elements of the slice that the piece is of.</summary>
    public long SliceElementCount => Whole.ElementCount / (Slice?.Count ?? 1);
}
