using ParDsl.Compiler.Checked;
using ParDsl.Source;

namespace ParDsl.Compiler.Layers;

/// <summary>
/// What a rule is given: the arguments with defaults filled in, the shape that comes in, and the layer's names.
/// </summary>
/// <param name="Name">The prefix of the parameters' names.</param>
/// <param name="Title">How messages call the layer: its label, or its kind.</param>
/// <param name="Span">What a diagnostic about the layer underlines.</param>
public sealed record LayerContext(CheckedArguments Arguments, Shape Input, string Name, string Title, SourceSpan Span)
{
    /// <summary>What comes in holds: the checker has seen that the rule takes it.</summary>
    public ValueKind InputKind { get; init; } = ValueKind.Numbers;

    /// <summary>The labelled layers of the model, for those that use another's parameters.</summary>
    public LabelledLayers Labelled { get; init; } = LabelledLayers.None;
}
