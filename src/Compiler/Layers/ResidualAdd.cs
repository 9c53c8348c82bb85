using ParDsl.Compiler.Checked;
using ParDsl.Compiler.Diagnostics;
using ParDsl.Source;

namespace ParDsl.Compiler.Layers;

/// <summary>
/// The layer that ends a <c>residual</c> block: what went in plus what came out. No model names it, so it is not in the
/// catalogue; the checker puts it there with the inputs [bypass, body].
/// </summary>
public static class ResidualAdd
{
    public const string Kind = "add";

    /// <param name="bypass">The shape before the block.</param>
    /// <param name="body">The shape that the block's layers give.</param>
    /// <param name="span">What a diagnostic underlines: the head of the block.</param>
    public static LayerOutcome Infer(Shape bypass, Shape body, SourceSpan span) => bypass.Equals(body)
        ? new LayerOutcome.Facts(body, [], [], body.ElementCount, 0)
        : new LayerOutcome.Mistake(ShapeErrors.ResidualShapesDiffer(bypass, body, span));
}
