using System.Collections.Immutable;
using ParDsl.Compiler.Checked;
using ParDsl.Compiler.Layers;
using ParDsl.Diagnostics;
using ParDsl.Source;
using Xunit;

namespace ParDsl.Compiler.Tests.Layers;

/// <summary>Runs one layer's rule the way the checker does: defaults filled in, and the layer named <c>it</c>.</summary>
internal static class LayerCase
{
    public static LayerOutcome.Facts Facts(string kind, long[] input, params (string Name, object Value)[] arguments) =>
        Assert.IsType<LayerOutcome.Facts>(Infer(kind, input, arguments));

    public static Diagnostic Mistake(string kind, long[] input, params (string Name, object Value)[] arguments) =>
        Assert.IsType<LayerOutcome.Mistake>(Infer(kind, input, arguments)).Diagnostic;

    public static ImmutableArray<long> Pair(long height, long width) => [height, width];

    private static LayerOutcome Infer(string kind, long[] input, (string Name, object Value)[] arguments)
    {
        var rule = LayerCatalogue.Find(kind)!;
        var values = rule.Arguments
            .Where(argument => argument.Default is not null)
            .ToImmutableSortedDictionary(argument => argument.Name, argument => argument.Default!, StringComparer.Ordinal);
        foreach (var (name, value) in arguments)
            values = values.SetItem(name, value);
        return rule.Infer(new LayerContext(new CheckedArguments(values), Shape.Of(input), "it", kind, SourceSpan.Nowhere));
    }
}
