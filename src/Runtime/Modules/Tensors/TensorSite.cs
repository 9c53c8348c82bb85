using System.Collections.Immutable;
using ParDsl.Compiler.Checked;
using ParDsl.Compiler.Plans;
using ParDsl.Runtime.Collectives;

namespace ParDsl.Runtime.Modules.Tensors;

/// <summary>How one layer is shared over tensor ranks, as one of them sees it.</summary>
/// <param name="Entries">What becomes of each of its inputs on the way in.</param>
/// <param name="Whole">The shape of a sample's output on all ranks together.</param>
internal sealed record TensorSite(LayerSplit Split, ImmutableArray<ValueEntry> Entries, ICollectiveGroup Group, Shape Whole)
{
    /// <summary>The place of the whole sequence that the rank's first one is.</summary>
    /// <param name="count">The rank's places.</param>
    public long FirstPlace(long count) => Split.Kind == SplitKind.Sequence ? Group.Rank * count : 0;
}
