using System.Collections.Immutable;

namespace ParDsl.Compiler.Printing.Pages.Models;

/// <summary>A value's way from the row that gives it to one that takes it.</summary>
/// <param name="From">The row's number; -1 where it comes from outside the stage.</param>
/// <param name="Lane">0: straight down to the next layer; else the number of the lane beside the layers.</param>
internal readonly record struct GraphEdge(int From, int To, int Lane)
{
    /// <summary>More ways side by side than this share the last lane.</summary>
    private const int MostLanes = 6;

    public static ImmutableArray<GraphEdge> Of(ImmutableArray<ModelRow> rows)
    {
        var places = ModelFold.Places(rows);
        var edges = rows.Index()
            .Where(row => !row.Item.IsHead)
            .SelectMany(row => row.Item.Layer.Inputs.Distinct().Select(input =>
                (From: places.TryGetValue(input, out var place) && place < row.Index ? place : -1, To: row.Index)))
            .ToArray();
        var straight = edges.Where(edge => IsStraight(rows, edge.From, edge.To));
        var bent = edges.Where(edge => !IsStraight(rows, edge.From, edge.To));
        return [.. straight.Select(edge => new GraphEdge(edge.From, edge.To, 0)), .. Laned(bent)];
    }

    /// <summary>Nothing but a block's head stands between the two.</summary>
    private static bool IsStraight(ImmutableArray<ModelRow> rows, int from, int to) =>
        Enumerable.Range(from + 1, to - from - 1).All(row => rows[row].IsHead);

    /// <summary>Short ways lie within long ones: each takes the first lane that is free all along it.</summary>
    private static IEnumerable<GraphEdge> Laned(IEnumerable<(int From, int To)> edges)
    {
        var lanes = new List<(int From, int To)>[MostLanes + 1];
        foreach (var (from, to) in edges.OrderBy(edge => edge.To - edge.From).ThenBy(edge => edge.To))
        {
            var lane = 1;
            while (lane < MostLanes && lanes[lane] is { } taken && taken.Any(other => from < other.To && other.From < to))
                lane++;
            (lanes[lane] ??= []).Add((from, to));
            yield return new GraphEdge(from, to, lane);
        }
    }
}
