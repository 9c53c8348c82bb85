using System.Collections.Immutable;
using ParDsl.Compiler.Checked;
using ParDsl.Compiler.Plans;

namespace ParDsl.Compiler.Layers.Splits;

/// <summary>A layer as a tensor rank has it: shapes, parameters and costs are its part.</summary>
internal static class LocalLayer
{
    /// <param name="outputCut">The dimension of the output that is cut; null where the rank gets all of it.</param>
    /// <param name="cuts">The parameters and buffers that are cut, by name.</param>
    public static CheckedLayer Of(
        CheckedLayer layer, int? outputCut, int degree, ImmutableArray<KeyValuePair<string, ParameterCut>> cuts = default)
    {
        var byName = (cuts.IsDefault ? [] : cuts).ToDictionary(StringComparer.Ordinal);
        return layer with
        {
            Output = outputCut is { } dimension ? Cut(layer.Output, dimension, degree) : layer.Output,
            Parameters = [.. layer.Parameters.Select(parameter => byName.TryGetValue(parameter.Name, out var cut)
                ? parameter with { Shape = cut.Local(parameter.Shape, degree) }
                : parameter)],
            Buffers = [.. layer.Buffers.Select(buffer => byName.TryGetValue(buffer.Name, out var cut)
                ? buffer with { Shape = cut.Local(buffer.Shape, degree) }
                : buffer)],
            FlopsPerSample = layer.FlopsPerSample / degree,
            SavedElementsPerSample = layer.SavedElementsPerSample / degree,
        };
    }

    public static Shape Cut(Shape shape, int dimension, int degree) =>
        new(shape.Sizes.SetItem(dimension, shape.Sizes[dimension] / degree));

    /// <summary>The parameters and buffers of a layer that are there, each cut in a dimension.</summary>
    public static ImmutableArray<KeyValuePair<string, ParameterCut>> Cuts(
        CheckedLayer layer, params ReadOnlySpan<(string Role, int Dimension, int Blocks)> roles)
    {
        var cuts = ImmutableArray.CreateBuilder<KeyValuePair<string, ParameterCut>>();
        foreach (var (role, dimension, blocks) in roles)
        {
            if (NameOf(layer, role) is { } name)
                cuts.Add(KeyValuePair.Create(name, new ParameterCut(dimension, blocks)));
        }

        return cuts.ToImmutable();
    }

    private static string? NameOf(CheckedLayer layer, string role)
    {
        var name = $"{layer.Name}.{role}";
        return layer.Shared.FirstOrDefault(shared => shared.Role == role)?.Name
            ?? (layer.Parameters.Any(parameter => parameter.Name == name) || layer.Buffers.Any(buffer => buffer.Name == name)
                ? name
                : null);
    }
}
