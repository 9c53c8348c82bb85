using ParDsl.Compiler.Diagnostics;
using ParDsl.Compiler.Hardware;
using ParDsl.Compiler.Plans;

namespace ParDsl.Compiler.Printing;

/// <summary>
/// Which rank has which device: a row a rank; where there are too many to read, a row for each run of machines that have
/// the same.
/// </summary>
internal static class DeviceTable
{
    private const int MostRows = 64;

    public static (string[] Header, string[][] Rows) Of(ExecutionPlan plan) =>
        plan.Ranks.Length <= MostRows || plan.Hardware.Machines.IsEmpty ? Ranks(plan) : Machines(plan);

    private static (string[] Header, string[][] Rows) Ranks(ExecutionPlan plan)
    {
        var machines = plan.Hardware.Machines;
        string[] Machine(RankPlan rank) => machines.Length < 2 ? [] : [machines[rank.Device.Machine].Name];
        return (
            ["rank", .. plan.Mesh.Axes.Select(axis => axis.Name), .. machines.Length < 2 ? [] : (string[])["machine"], "device", "threads", "memory"],
            [
                .. plan.Ranks.Select(rank => (string[])
                [
                    Wording.Number(rank.Rank),
                    .. rank.Coordinates.Select(coordinate => Wording.Number(coordinate)),
                    .. Machine(rank),
                    rank.Device.Name,
                    Wording.Number(rank.Device.Threads),
                    ByteText.Of(rank.Device.MemoryBytes),
                ]),
            ]);
    }

    private static (string[] Header, string[][] Rows) Machines(ExecutionPlan plan)
    {
        var runs = new List<List<RankPlan[]>>();
        foreach (var machine in plan.Ranks.GroupBy(rank => rank.Device.Machine).Select(ranks => ranks.ToArray()))
        {
            if (runs.Count > 0 && What(runs[^1][0]).SequenceEqual(What(machine)))
                runs[^1].Add(machine);
            else
                runs.Add([machine]);
        }

        return (["ranks", "machines", "each", "device", "threads", "memory"], [.. runs.Select(run => Row(plan, run))]);
    }

    private static string[] Row(ExecutionPlan plan, List<RankPlan[]> run)
    {
        var (first, last) = (run[0][0], run[^1][^1]);
        var (from, to) = (plan.Hardware.Machines[first.Device.Machine].Name, plan.Hardware.Machines[last.Device.Machine].Name);
        return
        [
            RankFold.Range([.. run.SelectMany(machine => machine).Select(rank => rank.Rank)]),
            run.Count == 1 ? from : $"{run.Count}, {from} to {to}",
            Wording.Number(run[0].Length),
            first.Device.Kind == DeviceKind.VirtualCpu ? "virtual CPU" : first.Device.Name,
            Wording.Number(first.Device.Threads),
            ByteText.Of(first.Device.MemoryBytes),
        ];
    }

    /// <summary>What makes two machines the same to read: their devices, but for the machine's own number.</summary>
    private static IEnumerable<DeviceDescription> What(RankPlan[] machine) => machine.Select(rank => rank.Device with { Machine = 0 });
}
