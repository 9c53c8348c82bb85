using ParDsl.Compiler.Checked;
using ParDsl.Compiler.Plans;

namespace ParDsl.Compiler.Printing;

/// <summary>What a plan's numbers stand for, in words for people.</summary>
internal static class PlanNames
{
    /// <summary>"linear fc1", "relu 1", "input".</summary>
    public static string Layer(ExecutionPlan plan, int index) => index == CheckedLayer.ModelInput
        ? "input"
        : $"{plan.Program.Model.Layers[index].Kind} {plan.Program.Model.Layers[index].Name}";

    /// <summary>Whom a group joins, the same words for each replica's: "data", "all ranks".</summary>
    public static string Group(GroupPlan group) => group.Axis switch
    {
        GroupPlan.World => "all ranks",
        GroupPlan.Shared => $"the ranks that hold {group.Parameter}",
        var axis => axis,
    };

    /// <summary>Another rank as this one sees it: by the coordinates in which they differ, "pipeline 1".</summary>
    public static string Peer(ExecutionPlan plan, int rank, int peer) => string.Join(
        ", ",
        plan.Mesh.Axes
            .Where(axis => plan.Mesh.Coordinate(rank, axis.Name) != plan.Mesh.Coordinate(peer, axis.Name))
            .Select(axis => $"{axis.Name} {plan.Mesh.Coordinate(peer, axis.Name)}"));
}
