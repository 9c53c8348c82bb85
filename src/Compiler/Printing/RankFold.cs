using System.Collections.Immutable;
using ParDsl.Compiler.Plans;

namespace ParDsl.Compiler.Printing;

/// <summary>Ranks that are the same in something are said once: <c>ranks 0-3</c>.</summary>
internal static class RankFold
{
    /// <summary>More runs or groups than this are told by the first two and the last.</summary>
    private const int MostRuns = 8;

    /// <summary>The same, where it is worked out once for all ranks that have a part in common.</summary>
    /// <param name="part">All of a rank that the value depends on.</param>
    public static IEnumerable<(ImmutableArray<int> Ranks, T Value)> By<TPart, T>(
        ExecutionPlan plan, Func<RankPlan, TPart> part, Func<RankPlan, T> value)
        where TPart : notnull
    {
        var known = new Dictionary<TPart, T>();
        return By(plan, rank =>
        {
            var own = part(rank);
            if (!known.TryGetValue(own, out var same))
                known.Add(own, same = value(rank));
            return same;
        });
    }

    public static IEnumerable<(ImmutableArray<int> Ranks, T Value)> By<T>(ExecutionPlan plan, Func<RankPlan, T> value) =>
        plan.Ranks
            .GroupBy(value, rank => rank.Rank)
            .Select(same => (same.ToImmutableArray(), same.Key));

    /// <summary>Ranks whose tables of their segments and buckets are the same to the letter.</summary>
    public static IEnumerable<(ImmutableArray<int> Ranks, string[][] Rows)> Rows(
        ExecutionPlan plan, Func<RankPlan, IEnumerable<string[]>> rows) => plan.Ranks
        .GroupBy(rank => (rank.Segments, rank.Buckets))
        .Select(same => (Ranks: same.Select(rank => rank.Rank), Rows: rows(same.First()).ToArray()))
        .GroupBy(table => string.Join('\n', table.Rows.Select(row => string.Join('\t', row))))
        .Select(same => (same.SelectMany(table => table.Ranks).Order().ToImmutableArray(), same.First().Rows));

    /// <summary>"rank 3", "ranks 0-3, 8".</summary>
    public static string Words(ImmutableArray<int> ranks) => $"{(ranks.Length == 1 ? "rank" : "ranks")} {Range(ranks)}";

    /// <summary>
    /// Runs of ranks are written with a dash: <c>0-3, 8</c>. Of many runs the first two and the last are said, and, where they
    /// are not all of one length at one distance, how many ranks they are: <c>0-3, 16-19, ..., 112-115</c>.
    /// </summary>
    public static string Range(ImmutableArray<int> ranks)
    {
        var runs = Runs(ranks);
        var words = runs.Select(run => run.First == run.Last ? $"{run.First}" : $"{run.First}-{run.Last}").ToArray();
        if (words.Length <= MostRuns)
            return string.Join(", ", words);
        return $"{words[0]}, {words[1]}, ..., {words[^1]}{(IsRegular(runs) ? "" : $" ({ranks.Length} in all)")}";
    }

    /// <summary>Of many groups the first two and the last: "ranks 0-3; ranks 16-19; ...; ranks 112-115 (8 groups)".</summary>
    public static string Groups(IReadOnlyList<GroupPlan> groups) => groups.Count > MostRuns
        ? $"{Words(groups[0].Ranks)}; {Words(groups[1].Ranks)}; ...; {Words(groups[^1].Ranks)} ({groups.Count} groups)"
        : string.Join("; ", groups.Select(group => Words(group.Ranks)));

    private static List<(int First, int Last)> Runs(ImmutableArray<int> ranks)
    {
        var runs = new List<(int First, int Last)>();
        foreach (var rank in ranks)
        {
            if (runs.Count > 0 && runs[^1].Last == rank - 1)
                runs[^1] = (runs[^1].First, rank);
            else
                runs.Add((rank, rank));
        }

        return runs;
    }

    private static bool IsRegular(List<(int First, int Last)> runs)
    {
        var (distance, length) = (runs[1].First - runs[0].First, runs[0].Last - runs[0].First);
        return runs.Index().All(run =>
            run.Item.First == runs[0].First + run.Index * distance && run.Item.Last - run.Item.First == length);
    }
}
