using System.Collections.Immutable;
using ParDsl.Compiler.Checked;
using ParDsl.Compiler.Plans;
using ParDsl.Runtime.Collectives;
using ParDsl.Runtime.Modules;
using ParDsl.Runtime.Optimization;
using ParDsl.Runtime.Training;
using static TorchSharp.torch;

namespace ParDsl.Runtime.Ranks;

/// <summary>All that one rank owns: its device, its copy of the model, its optimizer, and its doors to the other ranks.</summary>
internal sealed class Rank : IDisposable
{
    private readonly FlatParameters flat;
    private readonly RankBuffers buffers;

    /// <summary>Built on the rank's own thread, from the plan alone.</summary>
    public Rank(ExecutionPlan plan, int number, ImmutableDictionary<int, ICollectiveGroup> groups)
    {
        var program = plan.Program;
        (Plan, Own, Groups) = (plan, plan.Ranks[number], groups);
        Device = RankDevice.Of(Own.Device);
        var type = RankDevice.ElementType(program.Training.Precision);
        flat = new FlatParameters(plan.Buckets, type, Device);
        flat.Initialize(program.Training.Seed);
        buffers = new RankBuffers(program.Model, type, Device);
        Model = flat.Parameters.AddRange(buffers.Buffers);
        var dataGroup = plan.Groups.FirstOrDefault(group => group.Axis == MeshAxis.Data && group.Ranks.Contains(number));
        Graph = LayerGraphBuilder.Build(
            program.Model, Model, program.Training.Seed, dataGroup is null ? null : groups[dataGroup.Index], Callbacks);
        Optimizer = OptimizerFactory.Create(program.Training.Optimizer, flat.Values, flat.Gradients);
        Measures = MeasureSet.Of(program);
        Sums = new StepSums(Measures.Count, Device);
    }

    public ExecutionPlan Plan { get; }

    public RankPlan Own { get; }

    public Device Device { get; }

    /// <summary>By the index of the plan's groups; only those that the rank belongs to.</summary>
    public ImmutableDictionary<int, ICollectiveGroup> Groups { get; }

    public CallbackFailure Callbacks { get; } = new();

    public LayerGraph Graph { get; }

    public IOptimizer Optimizer { get; }

    public MeasureSet Measures { get; }

    public StepSums Sums { get; }

    public FlatParameters Flat => flat;

    /// <summary>Parameters and buffers by PyTorch's names.</summary>
    public ImmutableSortedDictionary<string, Tensor> Model { get; }

    public int DataCoordinate => Coordinate(MeshAxis.Data);

    /// <summary>Takes over given weights, whose names and shapes fit.</summary>
    public void Assign(ImmutableSortedDictionary<string, Tensor> weights)
    {
        using var guard = no_grad();
        foreach (var (name, values) in weights)
            Model[name].copy_(values);
    }

    public void Dispose()
    {
        Sums.Dispose();
        Optimizer.Dispose();
        buffers.Dispose();
        flat.Dispose();
    }

    private int Coordinate(string axis)
    {
        for (var index = 0; index < Plan.Mesh.Axes.Length; index++)
        {
            if (Plan.Mesh.Axes[index].Name == axis)
                return Own.Coordinates[index];
        }

        return 0;
    }
}
