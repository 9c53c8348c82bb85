using System.Collections.Immutable;
using ParDsl.Compiler.Checked;
using ParDsl.Compiler.Costs;
using ParDsl.Compiler.Hardware;
using ParDsl.Compiler.Planning.Programs;
using ParDsl.Compiler.Planning.Tensor;
using ParDsl.Compiler.Plans;

namespace ParDsl.Compiler.Planning.Search;

/// <summary>
/// Lays a program out for the ranks of one pipeline only, from which its time and its memory can be told: the other replicas
/// and tensor ranks are alike. That takes as long for four thousand ranks as for a few.
/// </summary>
internal static class LayoutTrial
{
    /// <param name="program">With the layout in its parallel block, which it fits.</param>
    /// <param name="devices">Of all ranks.</param>
    public static StepOutline Of(CheckedProgram program, Degrees degrees, ImmutableArray<DeviceDescription> devices)
    {
        var mesh = MeshGroups.Mesh(degrees);
        ImmutableArray<int> line = [.. Enumerable.Range(0, degrees.Pipeline).Select(place => place * degrees.Tensor)];
        var stages = StageCut.Cut(program, degrees.Pipeline);
        var groups = MeshGroups.Of(mesh, line);
        var tensor = TensorSplit.Of(program, degrees.Tensor);
        var context = new PlanContext(
            program,
            degrees,
            mesh,
            BatchCut.Cut(program, degrees),
            tensor,
            new ModelFlow(tensor.LocalModel),
            stages,
            [.. groups, .. SharedGroups.Of(program.Model, mesh, stages, groups)]);
        var cuts = new RankCuts(context);
        return new StepOutline(
            program,
            tensor.LocalModel,
            mesh,
            context.Batch,
            context.Shard,
            context.Groups,
            [.. line.Select(rank => RankPlanner.Plan(context, cuts.Of(rank), rank, devices[rank]))],
            devices);
    }
}
