using ParDsl.Compiler.Plans;
using static TorchSharp.torch;

namespace ParDsl.Runtime.Ranks.Memory;

/// <summary>The part of a whole parameter or buffer that one tensor rank has.</summary>
internal static class Slices
{
    /// <summary>
    /// A view of the whole tensor, with a dimension for the cut one's blocks where there are several: as many elements, in
    /// the order of the rank's own.
    /// </summary>
    /// <param name="slice">Null where the rank has all of it.</param>
    public static Tensor Of(Tensor whole, ParameterSlice? slice)
    {
        if (slice is null)
            return whole.alias();
        var (dimension, blocks) = (slice.Cut.Dimension, slice.Cut.Blocks);
        var sizes = whole.shape;
        var part = sizes[dimension] / blocks / slice.Count;
        long[] shape = [.. sizes[..dimension], blocks, slice.Count, part, .. sizes[(dimension + 1)..]];
        using var cut = whole.view(shape);
        return cut.select(dimension + 1, slice.Index);
    }
}
