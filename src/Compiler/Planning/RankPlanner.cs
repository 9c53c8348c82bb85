using System.Collections.Immutable;
using ParDsl.Compiler.Hardware;
using ParDsl.Compiler.Planning.Programs;
using ParDsl.Compiler.Plans;

namespace ParDsl.Compiler.Planning;

/// <summary>What one rank of a layout owns, does and needs.</summary>
internal static class RankPlanner
{
    /// <summary>
    /// Of all ranks. Where each holds the whole model, all do the same in the same groups, and there is one copy of their lists:
    /// thousands of ranks take no longer than one, here and where their lists are proved and printed.
    /// </summary>
    public static ImmutableArray<RankPlan> All(PlanContext context, ImmutableArray<DeviceDescription> devices)
    {
        if (context.Degrees is not { Pipeline: 1, Tensor: 1 })
            return new ReplicaPlanner(context, devices).All();
        var first = Plan(context, new RankCuts(context).Of(0), 0, devices[0]);
        return
        [
            .. devices.Select((device, rank) => first with { Rank = rank, Coordinates = context.Mesh.Coordinates(rank), Device = device }),
        ];
    }

    public static RankPlan Plan(PlanContext context, RankCut cut, int rank, DeviceDescription device)
    {
        var (buckets, segments) = (cut.Buckets, cut.Segments);
        var actions = new RankProgram(context, rank, buckets, segments);
        var update = actions.Update();
        var activations = cut.Activations(context, update, device.Kind);
        return new RankPlan(
            rank, context.Mesh.Coordinates(rank), device, segments, buckets, update, actions.Evaluate(), cut.Memory(context, update, device))
        {
            Compare = actions.Compare(),
            Activations = activations.Actions,
            Passes = activations.Passes,
            WaitingMessageBytes = activations.WaitingMessageBytes,
        };
    }
}
