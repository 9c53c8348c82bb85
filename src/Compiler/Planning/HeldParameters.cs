using System.Collections.Immutable;
using ParDsl.Compiler.Checked;

namespace ParDsl.Compiler.Planning;

/// <summary>
/// The parameters that a rank must hold for a layer: the layer's own, and those it shares with an owner on another rank, of
/// which the rank then holds a copy.
/// </summary>
internal static class HeldParameters
{
    /// <param name="isHeld">Whether the rank holds a layer.</param>
    public static ImmutableArray<CheckedParameter> For(CheckedModel model, CheckedLayer layer, Func<int, bool> isHeld) =>
    [
        .. layer.Parameters,
        .. layer.Shared.Where(shared => !isHeld(shared.OwnerLayer)).Select(shared => Owned(model, shared)),
    ];

    /// <summary>The names of the parameters that a layer's pass reads.</summary>
    public static IEnumerable<string> ReadBy(CheckedLayer layer) =>
        layer.Parameters.Select(parameter => parameter.Name).Concat(layer.Shared.Select(shared => shared.Name));

    private static CheckedParameter Owned(CheckedModel model, SharedParameter shared) =>
        model.Layers[shared.OwnerLayer].Parameters.First(parameter => parameter.Name == shared.Name);
}
