using System.Collections.Immutable;
using ParDsl.Compiler.Checked;

namespace ParDsl.Compiler.Layers;

/// <summary>
/// The layer on a residual block's bypass where the block changes the shape (option B of He et al. 2016): a 1 x 1 convolution
/// for [channels, height, width], a linear layer for features, both without bias.
/// </summary>
public sealed record BypassProjection(ILayerRule Rule, CheckedArguments Arguments)
{
    /// <summary>The label of the layer, below the block's name: <c>3.projection.weight</c>.</summary>
    public const string Label = "projection";

    /// <summary>The projection that makes one shape of the other; null where none does.</summary>
    public static BypassProjection? Between(Shape bypass, Shape body)
    {
        if (bypass.DimensionCount != body.DimensionCount || bypass.DimensionCount == 0)
            return null;
        return bypass.DimensionCount == 3 ? Convolution(bypass, body) : Linear(bypass, body);
    }

    private static BypassProjection? Convolution(Shape bypass, Shape body) =>
        Stride(bypass.Sizes[1], body.Sizes[1]) is { } down && Stride(bypass.Sizes[2], body.Sizes[2]) is { } across
            ? Of(
                "conv2d",
                ("channels", body.Sizes[0]),
                ("kernel", ImmutableArray.Create(1L, 1L)),
                ("stride", ImmutableArray.Create(down, across)))
            : null;

    private static BypassProjection? Linear(Shape bypass, Shape body) =>
        bypass.Sizes.RemoveAt(bypass.DimensionCount - 1).SequenceEqual(body.Sizes.RemoveAt(body.DimensionCount - 1))
            ? Of("linear", ("outputs", body.Sizes[^1]))
            : null;

    /// <summary>The smallest stride of a window of 1 that leaves so much: (size - 1) / stride + 1; null where none does.</summary>
    public static long? Stride(long size, long left)
    {
        var stride = ((size - 1) / left) + 1;
        return ((size - 1) / stride) + 1 == left ? stride : null;
    }

    private static BypassProjection? Of(string kind, params (string Name, object Value)[] arguments)
    {
        if (LayerCatalogue.Find(kind) is not { } rule)
            return null;
        var values = rule.Arguments
            .Where(argument => argument.Default is not null)
            .ToImmutableSortedDictionary(argument => argument.Name, argument => argument.Default ?? "", StringComparer.Ordinal)
            .SetItem("bias", false);
        return new BypassProjection(rule, new CheckedArguments(arguments.Aggregate(
            values, (known, argument) => known.SetItem(argument.Name, argument.Value))));
    }
}
