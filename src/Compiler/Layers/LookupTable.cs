using ParDsl.Compiler.Catalogue;
using ParDsl.Compiler.Checked;

namespace ParDsl.Compiler.Layers;

/// <summary>A learned table that starts normal, with PyTorch's Embedding's deviation of 1 where nothing else is written.</summary>
internal static class LookupTable
{
    public static readonly ArgumentRule StandardDeviation =
        new("std", ArgumentType.Real, "The standard deviation of the numbers that it starts with.")
        {
            Default = 1.0,
            Minimum = 0,
            ExcludesMinimum = true,
        };

    /// <summary>Whether no other deviation is asked for.</summary>
    public static bool IsPyTorchs(LayerContext context) =>
        context.Arguments.Real(StandardDeviation.Name).Equals(StandardDeviation.Default);

    public static CheckedParameter Parameter(LayerContext context, Shape shape) =>
        new($"{context.Name}.weight", shape, new Initialization.Normal(context.Arguments.Real(StandardDeviation.Name)));
}
