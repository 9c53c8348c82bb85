using ParDsl.Compiler.Catalogue;
using ParDsl.Compiler.Checked;
using ParDsl.Compiler.Diagnostics;
using ParDsl.Compiler.Layers;

namespace ParDsl.Compiler.Checking;

/// <summary>A checked layer as it would be written.</summary>
internal static class LayerText
{
    /// <summary>Without what is the default: <c>linear 10</c>.</summary>
    public static string Write(CheckedLayer layer) => ComponentText.Write(
        layer.Kind,
        LayerCatalogue.Find(layer.Kind)?.Arguments ?? [],
        layer.Arguments,
        withDefaults: false);

    /// <summary>With every default: <c>linear 10 bias=true</c>.</summary>
    public static string WriteWhole(CheckedLayer layer) => ComponentText.Write(
        layer.Kind,
        LayerCatalogue.Find(layer.Kind)?.Arguments ?? [],
        layer.Arguments,
        withDefaults: true);
}
