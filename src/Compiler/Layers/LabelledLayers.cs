using System.Collections.Immutable;
using ParDsl.Compiler.Checked;
using ParDsl.Source;

namespace ParDsl.Compiler.Layers;

/// <summary>The model's labels as a layer sees them.</summary>
/// <param name="Earlier">
/// The layers before it by their labels. A label in a <c>repeat</c> stands for the last layer that it has made so far.
/// </param>
/// <param name="Places">Where each label of the model is written, of layers that come later too.</param>
public sealed record LabelledLayers(
    ImmutableDictionary<string, CheckedLayer> Earlier,
    ImmutableSortedDictionary<string, SourceSpan> Places)
{
    public static readonly LabelledLayers None = new(
        ImmutableDictionary.Create<string, CheckedLayer>(StringComparer.Ordinal),
        ImmutableSortedDictionary.Create<string, SourceSpan>(StringComparer.Ordinal));

    public LabelledLayers With(string label, CheckedLayer layer) => this with { Earlier = Earlier.SetItem(label, layer) };
}
