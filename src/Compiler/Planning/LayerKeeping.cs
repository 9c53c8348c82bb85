using ParDsl.Compiler.Checked;
using ParDsl.Compiler.Layers;
using ParDsl.Compiler.Layers.Combinations;

namespace ParDsl.Compiler.Planning;

/// <summary>
/// What one layer keeps for its backward pass: values that another layer may keep too, which then are there once, and what is
/// its own.
/// </summary>
internal static class LayerKeeping
{
    /// <summary>The values that it keeps and others may keep, by the layers that give them.</summary>
    public static IEnumerable<int> Values(CheckedLayer layer)
    {
        var keeps = Keeps(layer);
        foreach (var value in keeps.HasFlag(KeptValues.Inputs) ? layer.Inputs : [])
            yield return value;
        if (keeps.HasFlag(KeptValues.Output))
            yield return layer.Index;
    }

    /// <summary>The bytes of one sample that it keeps beside these.</summary>
    public static long OwnBytes(CheckedLayer layer, ModelFlow flow, int elementBytes)
    {
        var shared = Values(layer).Aggregate(0L, (sum, value) => checked(sum + flow.Elements(value)));
        var own = Math.Max(0, layer.SavedElementsPerSample - shared);
        return checked((own * elementBytes) + (layer.SavedIndicesPerSample * sizeof(long)));
    }

    /// <summary>Whether its value is its input, seen in another way.</summary>
    public static bool IsView(CheckedLayer layer) => Keeps(layer) == KeptValues.SameMemory;

    /// <summary>Whether its inputs' gradients are its output's, in the same memory.</summary>
    public static bool HandsGradientOn(CheckedLayer layer) =>
        LayerCatalogue.Find(layer.Kind)?.HandsGradientOn ?? CombinationCatalogue.Find(layer.Kind)!.HandsGradientOn;

    private static KeptValues Keeps(CheckedLayer layer) =>
        LayerCatalogue.Find(layer.Kind)?.Keeps ?? CombinationCatalogue.Find(layer.Kind)!.Keeps;
}
