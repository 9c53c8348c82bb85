using System.Collections.Immutable;
using ParDsl.Compiler.Checked;
using ParDsl.Compiler.Costs;
using ParDsl.Compiler.Hardware;
using ParDsl.Compiler.Planning.Programs;
using ParDsl.Compiler.Plans;

namespace ParDsl.Compiler.Planning.Search;

/// <summary>
/// Lays a program out for the ranks of one pipeline only, from which its time and its memory can be told: the other replicas
/// and tensor ranks do alike. That takes as long for four thousand ranks as for a few.
/// </summary>
internal static class LayoutTrial
{
    /// <param name="program">With the layout in its parallel block, which it fits.</param>
    /// <param name="devices">Of all ranks.</param>
    /// <returns>The pipelines that may be the slowest, at least one. They hold the same.</returns>
    public static IEnumerable<StepOutline> Of(CheckedProgram program, Degrees degrees, ImmutableArray<DeviceDescription> devices) =>
        PipelineLines.Slowest(MeshGroups.Mesh(degrees), devices).Select(line => Of(program, degrees, devices, line));

    /// <summary>What the rank that needs most holds, in bytes.</summary>
    /// <exception cref="OverflowException">64 bits cannot count them.</exception>
    public static long NeededBytes(CheckedProgram program, Degrees degrees, ImmutableArray<DeviceDescription> devices) =>
        Of(program, degrees, devices).First().NeededBytes;

    private static StepOutline Of(
        CheckedProgram program, Degrees degrees, ImmutableArray<DeviceDescription> devices, ImmutableArray<int> line)
    {
        var mesh = MeshGroups.Mesh(degrees);
        var context = PlanContext.Of(program, degrees, mesh, MeshGroups.Of(mesh, line));
        var cuts = new RankCuts(context);
        return new StepOutline(
            program,
            context.Tensor,
            mesh,
            context.Batch,
            context.Shard,
            context.Groups,
            [.. line.Select(rank => RankPlanner.Plan(context, cuts.Of(rank), rank, devices[rank]))],
            devices);
    }
}
