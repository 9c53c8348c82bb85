using System.Collections.Immutable;
using ParDsl.Compiler.Checked;

namespace ParDsl.Runtime.Verifying;

/// <summary>
/// The running statistics that follow parameters which rounding alone moves: a batch norm measures what a bias in front of
/// it adds.
/// </summary>
internal static class FollowingStatistics
{
    public static ImmutableHashSet<string> Of(CheckedModel model, ImmutableSortedSet<string> withoutGradient) =>
    [
        .. model.Layers
            .Where(layer => layer.Inputs.Any(input => IsMoved(model, input, withoutGradient)))
            .SelectMany(layer => layer.Buffers)
            .Select(buffer => buffer.Name),
    ];

    /// <summary>Whether such a parameter moves a layer's value; a layer with parameters of its own decides for itself.</summary>
    private static bool IsMoved(CheckedModel model, int layer, ImmutableSortedSet<string> withoutGradient)
    {
        if (layer == CheckedLayer.ModelInput)
            return false;
        var own = model.Layers[layer].Parameters;
        return own.IsEmpty
            ? model.Layers[layer].Inputs.Any(input => IsMoved(model, input, withoutGradient))
            : own.Any(parameter => withoutGradient.Contains(parameter.Name));
    }
}
