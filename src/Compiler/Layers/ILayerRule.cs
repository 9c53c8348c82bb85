using ParDsl.Compiler.Catalogue;
using ParDsl.Compiler.Checked;
using ParDsl.Compiler.Costs;

namespace ParDsl.Compiler.Layers;

/// <summary>One kind of layer: what it makes of a shape, what it learns and what it costs.</summary>
public interface ILayerRule : IComponentRule
{
    /// <summary>Whether it takes tokens; all others take real numbers. Every layer gives real numbers.</summary>
    bool TakesTokens => false;

    /// <summary>The layer's facts, or the mistake in putting it here (see <see cref="LayerOutcome"/>).</summary>
    LayerOutcome Infer(LayerContext context);

    /// <summary>Which values it keeps that others may keep too.</summary>
    KeptValues Keeps => KeptValues.Inputs;

    /// <summary>Whether its input's gradient is its output's, in the same memory.</summary>
    bool HandsGradientOn => false;

    /// <summary>What one sample's pass through the layer, or a tensor rank's part of it, takes time for.</summary>
    LayerWork Work(CheckedLayer layer);
}
