using ParDsl.Compiler.Catalogue;

namespace ParDsl.Compiler.Layers;

/// <summary>One kind of layer: what it makes of a shape, what it learns and what it costs.</summary>
public interface ILayerRule : IComponentRule
{
    /// <summary>The layer's facts, or the mistake in putting it here (see <see cref="LayerOutcome"/>).</summary>
    LayerOutcome Infer(LayerContext context);
}
