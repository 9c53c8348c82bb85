using ParDsl.Compiler.Checked;

namespace ParDsl.Compiler.Layers;

/// <summary>
/// A layer whose result depends on the whole micro-batch. Its ranks sum their shares inside forward and backward, so that
/// every layout computes what one device does.
/// </summary>
public interface ISynchronizedLayer : ILayerRule
{
    /// <summary>The numbers that each rank puts into the sum of a forward pass.</summary>
    long ForwardElements(CheckedLayer layer);

    /// <summary>The same for a backward pass.</summary>
    long BackwardElements(CheckedLayer layer);
}
