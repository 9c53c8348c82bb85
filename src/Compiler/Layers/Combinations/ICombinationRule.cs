using ParDsl.Compiler.Catalogue;
using ParDsl.Compiler.Checked;
using ParDsl.Compiler.Costs;

namespace ParDsl.Compiler.Layers.Combinations;

/// <summary>
/// One way to make one value of several: of what comes in and named earlier values (<c>concat enc1</c>), or of what the
/// branches give (<c>branches concat { ... }</c>).
/// </summary>
public interface ICombinationRule : IComponentRule
{
    /// <summary>How the checked model's printout joins the names of the inputs.</summary>
    string Sign { get; }

    LayerOutcome Infer(CombinationContext context);

    /// <summary>Which values it keeps that others may keep too.</summary>
    KeptValues Keeps => KeptValues.None;

    /// <summary>Whether its inputs' gradients are its output's, in the same memory.</summary>
    bool HandsGradientOn => false;

    /// <summary>What one sample's pass takes time for.</summary>
    LayerWork Work(CheckedLayer layer);
}
