using ParDsl.Compiler.Checked;

namespace ParDsl.Compiler.Layers;

/// <summary>
/// A layer whose result depends on the whole micro-batch. Its ranks exchange their shares inside forward and backward, so
/// that every layout computes what one device does.
/// </summary>
public interface ISynchronizedLayer : ILayerRule
{
    SynchronizedWork Forward(CheckedLayer layer);

    SynchronizedWork Backward(CheckedLayer layer);
}
