using System.Collections.Immutable;
using ParDsl.Compiler.Catalogue;
using ParDsl.Compiler.Checked;
using ParDsl.Compiler.Diagnostics;
using ParDsl.Compiler.Layers;
using ParDsl.Compiler.Layers.Combinations;

namespace ParDsl.Compiler.Checking;

/// <summary>A checked layer as it would be written.</summary>
internal static class LayerText
{
    /// <summary>Without what is the default: <c>linear 10</c>.</summary>
    public static string Write(CheckedLayer layer) => ComponentText.Write(
        layer.Kind,
        Arguments(layer.Kind),
        layer.Arguments,
        withDefaults: false);

    /// <summary>With every default: <c>linear 10 bias=true</c>.</summary>
    public static string WriteWhole(CheckedLayer layer) => ComponentText.Write(
        layer.Kind,
        Arguments(layer.Kind),
        layer.Arguments,
        withDefaults: true);

    private static ImmutableArray<ArgumentRule> Arguments(string kind) =>
        LayerCatalogue.Find(kind)?.Arguments ?? CombinationCatalogue.Find(kind)?.Arguments ?? [];
}
