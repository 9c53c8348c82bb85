using System.Globalization;
using ParDsl.Runtime.Collectives.Jobs;

namespace ParDsl.Runtime.Collectives;

/// <summary>
/// A process's place among those that its launcher started, as far as the environment tells, right or not: for one that has
/// not met the others, and must know whether to tell what keeps it from them.
/// </summary>
/// <param name="Rank">0 where no launcher gave another number.</param>
/// <param name="RankOnMachine">Null where the launcher does not say.</param>
public sealed record LauncherPlace(int Rank, int? RankOnMachine)
{
    private static readonly string[] Ranks = ["OMPI_COMM_WORLD_RANK", TorchRank, "PMI_RANK", "PMIX_RANK", "SLURM_PROCID"];

    private static readonly string[] RanksOnMachine =
        ["OMPI_COMM_WORLD_LOCAL_RANK", TorchRankOnMachine, "MPI_LOCALRANKID", "SLURM_LOCALID"];

    /// <summary>PyTorch's launcher starts several below one task of srun, which has a number of its own.</summary>
    private const string TorchRank = "RANK";

    private const string TorchRankOnMachine = "LOCAL_RANK";

    /// <summary>The job's first process.</summary>
    public bool IsFirst => Rank == 0;

    /// <summary>The first one on its machine, or perhaps so.</summary>
    public bool IsFirstOnMachine => RankOnMachine is null or 0;

    public static LauncherPlace Of(IReadOnlyDictionary<string, string> variables) =>
        new(First(variables, Ranks) ?? 0, First(variables, RanksOnMachine));

    private static int? First(IReadOnlyDictionary<string, string> variables, string[] names) => names
        .Where(name => name is not (TorchRank or TorchRankOnMachine) || TorchLaunch.IsComplete(new JobVariables(variables)))
        .Select(name => int.TryParse(variables.GetValueOrDefault(name), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : (int?)null)
        .FirstOrDefault(number => number is not null);
}
