using System.Collections.Immutable;
using ParDsl.Compiler.Checked;
using ParDsl.Compiler.Planning;
using ParDsl.Compiler.Plans;
using ParDsl.Runtime.Checkpoints;
using ParDsl.Runtime.Collectives;
using ParDsl.Runtime.Modules;
using ParDsl.Runtime.Modules.Tensors;
using ParDsl.Runtime.Optimization;
using ParDsl.Runtime.Ranks.Memory;
using ParDsl.Runtime.Training;
using static TorchSharp.torch;

namespace ParDsl.Runtime.Ranks;

/// <summary>All that one rank owns: its device, its layers, its optimizer, and its doors to the other ranks.</summary>
internal sealed class Rank : IDisposable
{
    private readonly RankBuffers buffers;

    /// <summary>Built on the rank's own thread, from the plan alone.</summary>
    /// <param name="lossScale">The first one, where the loss is scaled at all.</param>
    public Rank(
        ExecutionPlan plan, int number, ImmutableDictionary<int, GroupDoors> groups, double lossScale = LossScale.Initial)
    {
        var program = plan.Program;
        (Plan, Own, Groups) = (plan, plan.Ranks[number], groups.ToImmutableDictionary(group => group.Key, group => Noted(group.Value)));
        Device = RankDevice.Of(Own.Device);
        var precision = program.Training.Precision;
        ElementType = RankDevice.ElementType(precision);
        MasterType = RankDevice.ElementType(precision.Master());
        Scale = precision.ScalesLoss() ? new LossScale(lossScale, Device) : null;
        Flat = new FlatParameters(Own, Shard(), ElementType, precision.HasMasters() ? MasterType : null, Device);
        Flat.Initialize(program.Training.Seed);
        buffers = new RankBuffers(Layers(), MasterType, Device);
        var modules = new SegmentBuilder(
            plan,
            Flat.Parameters.AddRange(buffers.Buffers),
            GroupOf(MeshAxis.Data)?.Foreground,
            GroupOf(MeshAxis.Tensor)?.Foreground,
            Callbacks,
            NeedsSteadyGraph ? Deferred : null);
        Segments = [.. Own.Segments.Select(modules.Build)];
        Optimizer = Flat.Pieces.IsEmpty ? null : OptimizerFactory.Create(program.Training.Optimizer, Flat.Pieces);
        Measures = plan.Tensor.CutsClasses
            ? MeasureSet.OfParts(program, GroupOf(MeshAxis.Tensor)!.Foreground, Callbacks)
            : MeasureSet.Of(program);
        Sums = new StepSums(Measures.Count, Device);
        CountedElsewhere =
        [
            .. Own.Buckets
                .SelectMany(bucket => bucket.Parameters)
                .Where(placed => (placed.Slice is null && TensorCoordinate > 0) || IsTiedElsewhere(placed.Parameter.Name))
                .Select(placed => placed.Parameter.Name),
        ];
        Background = new BackgroundCollectives(number, Own.Device.Threads, Progress);
    }

    public ExecutionPlan Plan { get; }

    public RankPlan Own { get; }

    public Device Device { get; }

    public ScalarType ElementType { get; }

    /// <summary>What losses, statistics and updates are computed in: float32 at least.</summary>
    public ScalarType MasterType { get; }

    /// <summary>Null where the loss is not scaled.</summary>
    public LossScale? Scale { get; }

    /// <summary>By the index of the plan's groups; only those that the rank belongs to.</summary>
    public ImmutableDictionary<int, GroupDoors> Groups { get; }

    public BackgroundCollectives Background { get; }

    /// <summary>How far the rank has come.</summary>
    public RankProgress Progress { get; } = new();

    public CallbackFailure Callbacks { get; } = new();

    public DeferredGradients Deferred { get; } = new();

    public ImmutableArray<LayerSegment> Segments { get; }

    /// <summary>Null where the rank's layers have no parameters.</summary>
    public IOptimizer? Optimizer { get; }

    public MeasureSet Measures { get; }

    public StepSums Sums { get; }

    public FlatParameters Flat { get; }

    /// <summary>What is kept but not learned, by PyTorch's names.</summary>
    public ImmutableSortedDictionary<string, Tensor> Buffers => buffers.Buffers;

    public int DataCoordinate => Plan.Mesh.Coordinate(Own.Rank, MeshAxis.Data);

    /// <summary>Whether the rank takes batches: it holds the first layers, or the loss.</summary>
    public bool Loads => Own.Update.Any(action => action is PlanAction.Load);

    /// <summary>How many batches are loaded ahead of it.</summary>
    public int LoadsAhead => LoadedBatches.Ahead(Plan.Program, Plan.Batch.RankMicroBatch, Own.Device.Kind);

    /// <summary>
    /// Parameters of which another rank of the replica counts the gradient: tied ones of an earlier stage, and those that all
    /// tensor ranks have whole.
    /// </summary>
    public ImmutableArray<string> CountedElsewhere { get; }

    public int TensorCoordinate => Plan.Mesh.Coordinate(Own.Rank, MeshAxis.Tensor);

    /// <summary>The doors to the group of an axis; null where the axis has one rank.</summary>
    public GroupDoors? GroupOf(string axis) => Plan.GroupOf(Own.Rank, axis) is { } group ? Groups[group.Index] : null;

    /// <summary>The targets of what the rank has of the model's output: of its places, where tensor ranks divide them.</summary>
    /// <returns>The caller's to dispose.</returns>
    public Tensor OwnTargets(Tensor targets) => Plan.Tensor.DividesOutput
        ? new SequencePlaces(GroupOf(MeshAxis.Tensor)!.Foreground, Callbacks).Own(targets)
        : targets.alias();

    /// <summary>Takes over given weights, whose names and shapes fit; those of other ranks' layers are passed over.</summary>
    public void Assign(StoredTensors weights)
    {
        using var guard = no_grad();
        Flat.Assign((placed, start, count) => weights.Read(placed.Parameter.Name, placed.Slice, start, count));
        foreach (var (name, buffer) in Buffers)
        {
            using var own = weights.Read(name, Plan.Tensor.SliceOf(name, TensorCoordinate), 0, buffer.numel());
            if (own is null)
                continue;
            using var shaped = own.view(buffer.shape);
            buffer.copy_(shaped);
        }
    }

    /// <summary>Takes over a checkpoint's state, whose weights fit; of another optimizer's states, none.</summary>
    public void Restore(StoredState state)
    {
        Assign(state.Model);
        if (Optimizer is not null)
            RestoreOptimizer(Optimizer, state.Optimizer);
        if (state.Numbers.LossScale is { } scale)
            Scale?.Restore(scale.Scale, scale.StepsAtScale, scale.SkippedSteps);
    }

    /// <summary>Bytes that this rank has really moved, in all its groups.</summary>
    public long MovedBytes => Groups.Values.Sum(doors => doors.MovedBytes);

    public void Dispose()
    {
        Background.Dispose();
        Deferred.Dispose();
        Sums.Dispose();
        Scale?.Dispose();
        Optimizer?.Dispose();
        buffers.Dispose();
        Flat.Dispose();
    }

    /// <summary>Weights come and go between a pass and its backward pass, or their gradients come later.</summary>
    private bool NeedsSteadyGraph =>
        Plan.Shard == ShardLevel.Parameters || Own.Update.Any(action => action is PlanAction.WeightGradient);

    /// <summary>What goes on in the background is no wait, but <see cref="BackgroundCollectives.Await"/> is.</summary>
    private GroupDoors Noted(GroupDoors doors) => doors with { Foreground = new NotedGroup(doors.Foreground, Progress) };

    private void RestoreOptimizer(IOptimizer optimizer, StoredTensors states)
    {
        var names = Own.Buckets.SelectMany(bucket => bucket.Parameters).Select(placed => placed.Parameter.Name).ToArray();
        if (!optimizer.States.Keys.All(state => names.All(name => states.Has($"{name}.{state}"))))
            return;
        foreach (var (state, pieces) in optimizer.States)
        {
            foreach (var (piece, elements) in Flat.Pieces.Zip(pieces))
            {
                StateFill.Fill(
                    Own,
                    new FlatRun(piece.ElementOffset, elements),
                    (placed, start, count) => states.Read($"{placed.Parameter.Name}.{state}", placed.Slice, start, count));
            }
        }

        if (optimizer.StepCount is { } count && names.Length > 0)
            RestoreStepCount(count, states, names[0]);
    }

    private static void RestoreStepCount(Tensor count, StoredTensors states, string parameter)
    {
        using var guard = no_grad();
        using var steps = states.Read($"{parameter}.step", null, 0, 1);
        if (steps is null)
            return;
        using var shaped = steps.view(count.shape);
        count.copy_(shaped);
    }

    private ShardPlace Shard() => Plan.Shard == ShardLevel.None
        ? new ShardPlace(ShardLevel.None, 0, 1)
        : new ShardPlace(Plan.Shard, DataCoordinate, Plan.Batch.DataDegree);

    private bool IsTiedElsewhere(string parameter) => Own.Update
        .OfType<PlanAction.SumSharedGradient>()
        .Any(sum => sum.Parameter == parameter && Plan.Groups[sum.Group].Ranks[0] != Own.Rank);

    private IEnumerable<CheckedLayer> Layers() =>
        Plan.LocalModel.Layers.Where(layer => Own.Segments.Any(segment => segment.Holds(layer.Index)));
}
