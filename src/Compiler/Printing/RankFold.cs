using System.Collections.Immutable;
using ParDsl.Compiler.Plans;

namespace ParDsl.Compiler.Printing;

/// <summary>Ranks that are the same in something are said once: <c>ranks 0-3</c>.</summary>
internal static class RankFold
{
    public static IEnumerable<(ImmutableArray<int> Ranks, T Value)> By<T>(ExecutionPlan plan, Func<RankPlan, T> value) =>
        plan.Ranks
            .GroupBy(value, rank => rank.Rank)
            .Select(same => (same.ToImmutableArray(), same.Key));

    /// <summary>Ranks whose tables are the same to the letter.</summary>
    public static IEnumerable<(ImmutableArray<int> Ranks, string[][] Rows)> Rows(
        ExecutionPlan plan, Func<RankPlan, IEnumerable<string[]>> rows) => plan.Ranks
        .Select(rank => (rank.Rank, Rows: rows(rank).ToArray()))
        .GroupBy(table => string.Join('\n', table.Rows.Select(row => string.Join('\t', row))))
        .Select(same => (same.Select(table => table.Rank).ToImmutableArray(), same.First().Rows));

    /// <summary>Runs of ranks are written with a dash: <c>ranks 0-3, 8</c>.</summary>
    public static string Words(ImmutableArray<int> ranks)
    {
        var runs = new List<(int First, int Last)>();
        foreach (var rank in ranks)
        {
            if (runs.Count > 0 && runs[^1].Last == rank - 1)
                runs[^1] = (runs[^1].First, rank);
            else
                runs.Add((rank, rank));
        }

        var words = runs.Select(run => run.First == run.Last ? $"{run.First}" : $"{run.First}-{run.Last}");
        return $"{(ranks.Length == 1 ? "rank" : "ranks")} {string.Join(", ", words)}";
    }
}
