using System.Collections.Immutable;
using ParDsl.Compiler.Checked;
using ParDsl.Compiler.Hardware;
using ParDsl.Compiler.Planning.Programs;
using ParDsl.Compiler.Plans;

namespace ParDsl.Compiler.Planning.Search;

/// <summary>What the kernels of stages take for themselves, for one micro-batch on one tensor rank: see <see cref="Workspace"/>.</summary>
internal sealed class LayerWorkspaces
{
    private readonly Dictionary<StageRange, long> known = [];
    private readonly PlanContext context;
    private readonly DeviceDescription device;

    /// <param name="samples">A rank's share of a micro-batch.</param>
    /// <param name="device">What the ranks have.</param>
    public LayerWorkspaces(CheckedProgram program, TensorPlan tensor, int samples, DeviceDescription device)
    {
        var single = new Degrees(1, 1, 1);
        this.device = device;
        context = new PlanContext(
            program with { Parallel = program.Parallel with { Pipeline = null } },
            single,
            MeshGroups.Mesh(single),
            new BatchPlan(samples, 1, 1),
            tensor,
            new ModelFlow(tensor.LocalModel),
            [],
            []);
    }

    /// <summary>What a stage's layers take.</summary>
    public long Of(StageRange stage)
    {
        if (!known.TryGetValue(stage, out var bytes))
        {
            ImmutableArray<CheckedLayer> layers = [.. context.LocalModel.Layers.Skip(stage.FirstLayer).Take(stage.LayerCount)];
            known.Add(stage, bytes = Workspace.Bytes(context, layers, device));
        }

        return bytes;
    }
}
