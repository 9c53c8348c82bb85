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
            for (var place = 0; place < Math.Max(gone.Length, come.Length); place++)
                yield return Row(gone.ElementAtOrDefault(place), come.ElementAtOrDefault(place));
            (left, right) = (nextLeft + 1, nextRight + 1);
        }
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

    /// <summary>"linear 64 bias=true to [64]".</summary>
    private static string Words(CheckedLayer layer) => $"{LayerText.WriteWhole(layer)} to {layer.Output}";

    private static string Key(CheckedLayer layer)
    {
        var inputs = string.Join(' ', layer.Inputs.Select(input => layer.Index - input));
        var parameters = string.Join(' ', layer.Parameters.Select(parameter => parameter.Shape));
        var shared = string.Join(' ', layer.Shared.Select(parameter => parameter.Name));
        return $"{LayerText.WriteWhole(layer)}|{inputs}|{layer.Output}|{parameters}|{shared}";
    }
}
