using System.Collections.Immutable;
using ParDsl.Compiler.Checked;
using ParDsl.Compiler.Checking;
using ParDsl.Compiler.Diagnostics;

namespace ParDsl.Compiler.Comparing;

/// <summary>
/// The layers that only one of two models has. Layers that are the same but for their names go together, in order, as many
/// as can; their names are compared apart, since a parameter's first values follow from its name.
/// </summary>
internal static class LayerComparison
{
    public static ImmutableArray<Difference> Of(CheckedModel before, CheckedModel after)
    {
        string[] first = [.. before.Layers.Select(Key)];
        string[] second = [.. after.Layers.Select(Key)];
        var pairs = CommonRun.Of(first, second);
        return [.. Changed(before, after, pairs), .. Renamed(before, after, pairs)];
    }

    /// <summary>Between two layers that both models have: what the first one has there, beside what the second one has.</summary>
    private static IEnumerable<Difference> Changed(
        CheckedModel before, CheckedModel after, ImmutableArray<(int Before, int After)> pairs)
    {
        var (left, right) = (0, 0);
        foreach (var (nextLeft, nextRight) in pairs.Add((before.Layers.Length, after.Layers.Length)))
        {
            var (gone, come) = (before.Layers[left..nextLeft], after.Layers[right..nextRight]);
            foreach (var row in Beside(gone, come))
                yield return row;
            (left, right) = (nextLeft + 1, nextRight + 1);
        }
    }

    /// <summary>Layers of one kind stand beside each other, the first of one list beside the first of the other.</summary>
    private static IEnumerable<Difference> Beside(ImmutableArray<CheckedLayer> gone, ImmutableArray<CheckedLayer> come)
    {
        var place = 0;
        foreach (var layer in gone)
        {
            var partner = Enumerable.Range(place, come.Length - place).FirstOrDefault(next => come[next].Kind == layer.Kind, -1);
            for (; place < partner; place++)
                yield return Row(null, come[place]);
            yield return Row(layer, partner < 0 ? null : come[place++]);
        }

        foreach (var layer in come[place..])
            yield return Row(null, layer);
    }

    private static Difference Row(CheckedLayer? gone, CheckedLayer? come)
    {
        var names = gone is null || come is null || gone.Name == come.Name
            ? (gone ?? come)!.Name
            : $"{gone.Name} / {come.Name}";
        return new Difference($"layer {names}", gone is null ? "" : Words(gone), come is null ? "" : Words(come));
    }

    private static IEnumerable<Difference> Renamed(
        CheckedModel before, CheckedModel after, ImmutableArray<(int Before, int After)> pairs)
    {
        var renamed = pairs
            .Select(pair => (Before: before.Layers[pair.Before], After: after.Layers[pair.After]))
            .Where(pair => pair.Before.Name != pair.After.Name && pair.Before.ParameterCount > 0)
            .ToArray();
        if (renamed.Length > 0)
            yield return new Difference(
                $"names of {Wording.Count(renamed.Length, "layer")}, so first values",
                Names([.. renamed.Select(pair => pair.Before.Name)]),
                Names([.. renamed.Select(pair => pair.After.Name)]));
    }

    private static string Names(string[] names) =>
        names.Length <= 3 ? string.Join(", ", names) : $"{names[0]}, {names[1]}, ..., {names[^1]}";

    /// <summary>"linear 64: [10] to [64]"; where it takes something else than the layer above it gives, from how far above.</summary>
    private static string Words(CheckedLayer layer)
    {
        var inputs = layer.Inputs is [var single] && single == layer.Index - 1
            ? ""
            : $" of {string.Join(" and ", layer.Inputs.Select(input => $"{Wording.Count(layer.Index - input, "layer")} above"))}";
        return $"{LayerText.Write(layer)}{inputs}: {string.Join(" and ", layer.InputShapes)} to {layer.Output}";
    }

    private static string Key(CheckedLayer layer)
    {
        var inputs = string.Join(' ', layer.Inputs.Select(input => layer.Index - input));
        var parameters = string.Join(' ', layer.Parameters.Select(parameter => parameter.Shape));
        var shared = string.Join(' ', layer.Shared.Select(parameter => parameter.Name));
        return $"{LayerText.WriteWhole(layer)}|{inputs}|{layer.Output}|{parameters}|{shared}";
    }
}
