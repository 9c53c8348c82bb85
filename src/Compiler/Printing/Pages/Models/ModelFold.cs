using System.Collections.Immutable;
using ParDsl.Compiler.Checked;
using ParDsl.Compiler.Checking;

namespace ParDsl.Compiler.Printing.Pages.Models;

/// <summary>
/// The layers of a stage as rows: blocks of layers that are the same several times in a row, but for their names, are shown
/// once under a head.
/// </summary>
internal static class ModelFold
{
    /// <summary>Less than so many rows are not worth a block's head, and may be none of the model's own blocks.</summary>
    private const int LeastSaved = 6;

    /// <summary>Blocks of more layers than this are not looked for.</summary>
    private const int LongestBlock = 64;

    /// <param name="split">How a layer is split over tensor ranks, and whatever else two layers must share to be one row.</param>
    public static ImmutableArray<ModelRow> Rows(ImmutableArray<CheckedLayer> layers, Func<CheckedLayer, string> split)
    {
        string[] keys = [.. layers.Select(layer => Key(layer, split(layer)))];
        var rows = ImmutableArray.CreateBuilder<ModelRow>();
        for (var place = 0; place < layers.Length;)
        {
            var (length, times) = Longest(keys.AsSpan(place));
            var last = layers[place + (length * times) - 1];
            if (times > 1)
                rows.Add(new ModelRow(layers[place], last, times, IsHead: true));
            rows.AddRange(layers.Slice(place, length).Select(layer => new ModelRow(layer, layer, times, IsHead: false)));
            place += length * times;
        }

        return rows.ToImmutable();
    }

    /// <summary>Where the layers of each row stand among the rows: those of later repetitions at the first one's place.</summary>
    public static ImmutableSortedDictionary<int, int> Places(ImmutableArray<ModelRow> rows)
    {
        var places = ImmutableSortedDictionary.CreateBuilder<int, int>();
        for (var row = 0; row < rows.Length; row++)
        {
            if (rows[row].IsHead)
                continue;
            for (var time = 0; time < rows[row].Times; time++)
                places[rows[row].Layer.Index + (time * BodyLength(rows, row))] = row;
        }

        return places.ToImmutable();
    }

    private static int BodyLength(ImmutableArray<ModelRow> rows, int row)
    {
        while (!rows[row].IsHead && rows[row].Times > 1)
            row--;
        var head = rows[row];
        return (head.Last.Index - head.Layer.Index + 1) / head.Times;
    }

    /// <summary>The run of repetitions that covers most of what follows; of equal ones the shortest block.</summary>
    private static (int Length, int Times) Longest(ReadOnlySpan<string> keys)
    {
        var (length, times) = (1, 1);
        for (var candidate = 1; candidate <= Math.Min(LongestBlock, keys.Length / 2); candidate++)
        {
            var repeats = Repeats(keys, candidate);
            if (candidate * (repeats - 1) >= LeastSaved && candidate * repeats > length * times)
                (length, times) = (candidate, repeats);
        }

        return (length, times);
    }

    private static int Repeats(ReadOnlySpan<string> keys, int length)
    {
        var place = length;
        while (place < keys.Length && keys[place] == keys[place - length])
            place++;
        return place / length;
    }

    /// <summary>All but the name: what it is, where its inputs stand from it, what it gives.</summary>
    private static string Key(CheckedLayer layer, string split)
    {
        var inputs = string.Join(' ', layer.Inputs.Select(input => layer.Index - input));
        return $"{LayerText.WriteWhole(layer)}|{inputs}|{layer.Output}|{layer.ParameterCount}|{split}";
    }
}
