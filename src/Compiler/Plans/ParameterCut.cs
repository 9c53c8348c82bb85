using System.Collections.Immutable;
using ParDsl.Compiler.Checked;

namespace ParDsl.Compiler.Plans;

/// <summary>How a parameter or buffer is cut over the tensor ranks.</summary>
/// <param name="Dimension">The dimension that is cut.</param>
/// <param name="Blocks">
/// The equal blocks that it consists of, each of which is cut: an attention's queries, keys and values are 3 in one weight.
/// </param>
public sealed record ParameterCut(int Dimension, int Blocks)
{
    public Shape Local(Shape whole, int degree) =>
        new(whole.Sizes.SetItem(Dimension, whole.Sizes[Dimension] / degree));
}
