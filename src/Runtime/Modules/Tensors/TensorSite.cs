using ParDsl.Compiler.Checked;
using ParDsl.Compiler.Plans;
using ParDsl.Runtime.Collectives;

namespace ParDsl.Runtime.Modules.Tensors;

/// <summary>How one layer is shared over tensor ranks, as one of them sees it.</summary>
/// <param name="Whole">The shape of a sample's output on all ranks together.</param>
internal sealed record TensorSite(LayerSplit Split, ICollectiveGroup Group, Shape Whole);
