using ParDsl.Compiler.Hardware;
using ParDsl.Compiler.Planning.Programs;
using ParDsl.Compiler.Plans;

namespace ParDsl.Compiler.Planning;

/// <summary>What one rank of a layout owns, does and needs.</summary>
internal static class RankPlanner
{
    public static RankPlan Plan(PlanContext context, RankCut cut, int rank, DeviceDescription device)
    {
        var (buckets, segments) = (cut.Buckets, cut.Segments);
        var actions = new RankProgram(context, rank, buckets, segments);
        var update = actions.Update();
        var memory = MemoryFit.Estimate(context, buckets, segments, update);
        return new RankPlan(
            rank, context.Mesh.Coordinates(rank), device, segments, buckets, update, actions.Evaluate(), memory)
        {
            Compare = actions.Compare(),
        };
    }
}
