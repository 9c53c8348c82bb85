using ParDsl.Compiler.Checked;

namespace ParDsl.Compiler.Layers.Splits;

/// <summary>A layer whose work tensor ranks can share.</summary>
public interface ISplitLayer
{
    /// <summary>How, where its inputs are all cut in one dimension, or whole; null where it cannot be shared then.</summary>
    /// <param name="inputCut">The dimension of a sample; null where the inputs are whole.</param>
    SplitOffer? Offer(CheckedLayer layer, int? inputCut, int degree);
}
