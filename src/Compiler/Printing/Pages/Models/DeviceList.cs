using System.Collections.Immutable;
using ParDsl.Compiler.Hardware;
using ParDsl.Compiler.Plans;

namespace ParDsl.Compiler.Printing.Pages.Models;

/// <summary>The devices of some ranks: one by one, or where they are many, those of each kind together.</summary>
internal static class DeviceList
{
    private const int MostNamed = 16;

    public static void Write(HtmlWriter html, ExecutionPlan plan, ImmutableArray<int> ranks)
    {
        using var _ = html.Within("ul", ("class", "devices"));
        if (ranks.Length <= MostNamed)
        {
            foreach (var rank in ranks)
                Item(html, $"rank {rank}", Place(plan, plan.Ranks[rank]), Coordinates(plan, rank));
            return;
        }

        foreach (var same in ranks.GroupBy(rank => Kind(plan.Ranks[rank].Device)))
            Item(html, RankFold.Words([.. same]), $"{same.Count()} \u00D7 {same.Key}", Machines(plan, [.. same]));
    }

    private static void Item(HtmlWriter html, string ranks, string device, string place)
    {
        using var _ = html.Within("li");
        html.Element("strong", ranks);
        html.Element("span", device);
        if (place.Length > 0)
            html.Element("span", place, ("class", "place"));
    }

    private static string Place(ExecutionPlan plan, RankPlan rank) => plan.Hardware.Machines.Length < 2
        ? rank.Device.Name
        : $"{rank.Device.Name}, {plan.Hardware.Machines[rank.Device.Machine].Name}";

    private static string Coordinates(ExecutionPlan plan, int rank) => string.Join(
        ", ",
        plan.Mesh.Axes.Where(axis => axis.Degree > 1).Select(axis => $"{axis.Name} {plan.Mesh.Coordinate(rank, axis.Name)}"));

    private static string Kind(DeviceDescription device) => device.Kind == DeviceKind.VirtualCpu ? "virtual CPU" : device.Name;

    private static string Machines(ExecutionPlan plan, ImmutableArray<int> ranks)
    {
        var count = ranks.Select(rank => plan.Ranks[rank].Device.Machine).Distinct().Count();
        return count == 1 ? "" : $"on {count} machines";
    }
}
