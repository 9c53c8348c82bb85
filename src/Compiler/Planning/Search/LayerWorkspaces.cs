using System.Collections.Immutable;
using ParDsl.Compiler.Checked;
using ParDsl.Compiler.Hardware;
using ParDsl.Compiler.Planning.Programs;
using ParDsl.Compiler.Plans;

namespace ParDsl.Compiler.Planning.Search;

/// <summary>What the kernels of each layer take for themselves, for one micro-batch on one tensor rank: see <see cref="Workspace"/>.</summary>
internal sealed class LayerWorkspaces
{
    private readonly ImmutableArray<long> bytes;

    /// <param name="samples">A rank's share of a micro-batch.</param>
    /// <param name="device">What the ranks have.</param>
    public LayerWorkspaces(CheckedProgram program, TensorPlan tensor, int samples, DeviceKind device)
    {
        var single = new Degrees(1, 1, 1);
        var context = new PlanContext(
            program with { Parallel = program.Parallel with { Pipeline = null } },
            single,
            MeshGroups.Mesh(single),
            new BatchPlan(samples, 1, 1),
            tensor,
            new ModelFlow(tensor.LocalModel),
            [],
            []);
        bytes = [.. tensor.LocalModel.Layers.Select(layer => Workspace.Bytes(context, [Alone(layer)], device))];
    }

    /// <summary>The most that one of these layers takes.</summary>
    public long Of(StageRange stage) => Enumerable.Range(stage.FirstLayer, stage.LayerCount).Max(layer => bytes[layer]);

    private static SegmentPlan Alone(CheckedLayer layer) => new(0, 0, layer.Index, 1, [], [], [], [], false);
}
