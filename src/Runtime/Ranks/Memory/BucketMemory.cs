using System.Collections.Immutable;
using ParDsl.Compiler.Checked;
using ParDsl.Compiler.Plans;
using ParDsl.Runtime.Collectives;
using ParDsl.Runtime.Native;
using ParDsl.Runtime.Optimization;
using TorchSharp;
using static TorchSharp.torch;

namespace ParDsl.Runtime.Ranks.Memory;

/// <summary>
/// One bucket of a rank: its parameters and their gradients, whole and as the rank's shard. What is sharded is whole only
/// between fetching and release, or between a backward pass and its reduction.
/// </summary>
internal sealed class BucketMemory : IDisposable
{
    private readonly GradientBucket plan;
    private readonly ShardPlace place;
    private readonly BucketRooms rooms;
    private readonly BucketViews views;

    /// <summary>The leaves in the bucket's order, and what each is while its parameter is not here.</summary>
    private readonly ImmutableArray<(Tensor Leaf, Tensor Absent)> leaves;

    /// <summary>[elements / shards], of float32; null where the parameters themselves are updated.</summary>
    private readonly Tensor? masters;

    /// <summary>A number in the place of every element of a parameter that is not here: shapes stay what they are.</summary>
    private readonly Tensor absent;

    /// <summary>[elements], or null while they are not fetched.</summary>
    private Tensor? values;

    /// <summary>[elements], or null while there are none.</summary>
    private Tensor? gradients;

    /// <summary>Where whole parameters lie that come and go; else null.</summary>
    private Tensor? valueRoom;

    /// <summary>Likewise for gradients.</summary>
    private Tensor? gradientRoom;

    /// <param name="values">The bucket's place in the rank's flat buffer; null where the rank keeps its shard only.</param>
    /// <param name="gradients">Likewise for the gradients.</param>
    /// <param name="masters">The shard's place among the rank's masters; null where it has none.</param>
    public BucketMemory(
        GradientBucket plan,
        ShardPlace place,
        Tensor? values,
        Tensor? gradients,
        Tensor? masters,
        BucketRooms rooms)
    {
        (this.plan, this.place, this.values, this.gradients, this.masters) = (plan, place, values, gradients, masters);
        this.rooms = rooms;
        views = new BucketViews(plan);
        absent = zeros([], rooms.Type, rooms.Device).DetachFromDisposeScope();
        ValueShard = values is null ? Zeros() : Shard(values);
        GradientShard = gradients is null ? Zeros() : Shard(gradients);
        Parameters = plan.Parameters.ToImmutableSortedDictionary(
            placed => placed.Parameter.Name, Leaf, StringComparer.Ordinal);
        leaves = [.. plan.Parameters.Select(placed => (Parameters[placed.Parameter.Name], Absent(placed)))];
        if (gradients is not null)
            BindGradients(gradients);
    }

    /// <summary>[elements / shards]; a part of the flat buffer where the rank keeps it whole.</summary>
    public Tensor ValueShard { get; }

    /// <summary>[elements / shards]; likewise.</summary>
    public Tensor GradientShard { get; }

    /// <summary>Each parameter in its shape, by its name; autograd's leaves.</summary>
    public ImmutableSortedDictionary<string, Tensor> Parameters { get; }

    /// <summary>What the rank has of the parameters at all times, unrounded where it has masters.</summary>
    public FlatRun KeptValues =>
        masters is not null ? new(ShardOffset, masters)
        : place.KeepsWholeParameters ? new(plan.ElementOffset, values!) : new(ShardOffset, ValueShard);

    /// <summary>What the rank has of the gradients when they are summed.</summary>
    public FlatRun SummedGradients =>
        place.Level == ShardLevel.None ? new(plan.ElementOffset, gradients!) : new(ShardOffset, GradientShard);

    /// <summary>What the rank itself updates of the bucket.</summary>
    public FlatPiece Piece => new(ShardOffset, ValueShard, GradientShard);

    /// <summary>That piece in float32; null where the rank updates the parameters themselves. The caller's to dispose.</summary>
    public MasterPiece? CreateMaster() => masters is null ? null : new MasterPiece(Piece, masters);

    private long ShardCount => plan.ElementCount / place.Count;

    private long ShardOffset => plan.ElementOffset + (place.Index * ShardCount);

    /// <summary>Makes room for the whole gradients, before a backward pass that adds to them.</summary>
    public void OpenGradients()
    {
        if (gradients is not null)
            return;
        gradientRoom = rooms.Take(plan.ElementCount);
        var view = views.In(gradientRoom);
        gradients = view.Elements;
        gradients.zero_();
        for (var index = 0; index < leaves.Length; index++)
            leaves[index].Leaf.grad = view.Parameters[index];
    }

    /// <summary>Sums the gradients over the ranks: whole, or into the shard.</summary>
    public void Reduce(ICollectiveGroup group)
    {
        if (place.Level == ShardLevel.None)
        {
            group.AllReduce(gradients!);
            return;
        }

        if (place.KeepsWholeGradients)
        {
            group.ReduceScatter(gradients!, GradientShard);
            return;
        }

        using var guard = no_grad();
        using var sum = empty_like(GradientShard);
        group.ReduceScatter(gradients!, sum);
        GradientShard.Increase(sum);
    }

    /// <summary>Lets the whole gradients go, where the rank keeps its shard only.</summary>
    public void CloseGradients()
    {
        if (place.KeepsWholeGradients || gradients is null)
            return;
        foreach (var (leaf, _) in leaves)
            leaf.grad = null;
        rooms.GiveBack(gradientRoom!);
        (gradients, gradientRoom) = (null, null);
    }

    /// <summary>Makes room for the whole parameters, before they are gathered.</summary>
    public void OpenParameters()
    {
        if (values is not null)
            return;
        valueRoom = rooms.Take(plan.ElementCount);
        var view = views.In(valueRoom);
        values = view.Elements;
        for (var index = 0; index < leaves.Length; index++)
            TensorData.Set(leaves[index].Leaf, view.Parameters[index]);
    }

    public void Gather(ICollectiveGroup group) => group.AllGather(ValueShard, values!);

    /// <summary>Lets the other ranks' shards go, where the rank keeps its own only.</summary>
    public void CloseParameters()
    {
        if (place.KeepsWholeParameters || values is null)
            return;
        foreach (var (leaf, nothing) in leaves)
            TensorData.Set(leaf, nothing);
        rooms.GiveBack(valueRoom!);
        (values, valueRoom) = (null, null);
    }

    /// <summary>Gives parameters values; those that are given none keep theirs. Only what the rank keeps is asked for.</summary>
    public void Fill(PlacedElements valuesOf)
    {
        using var guard = no_grad();
        // Where whole parameters come and go, they are not here now.
        var (offset, kept) = place.KeepsWholeParameters ? (plan.ElementOffset, values!) : (ShardOffset, ValueShard);
        foreach (var placed in plan.Parameters)
        {
            var run = ElementRun.Of(placed).Within(offset, kept.numel());
            if (run.Count > 0)
                Fill(placed, run, new FlatRun(offset, kept), valuesOf);
        }
    }

    public void Dispose()
    {
        foreach (var (leaf, nothing) in leaves)
        {
            leaf.Dispose();
            nothing.Dispose();
        }

        views.Dispose();
        foreach (var tensor in new[] { ValueShard, GradientShard, absent })
            tensor.Dispose();
        foreach (var tensor in new[] { values, gradients, valueRoom, gradientRoom, masters })
            tensor?.Dispose();
    }

    private void Fill(PlacedParameter placed, ElementRun run, FlatRun kept, PlacedElements valuesOf)
    {
        using var given = valuesOf(placed, run.Start - placed.ElementOffset, run.Count);
        if (given is null)
            return;
        using var exact = masters is null ? given.alias() : given.to(masters.dtype, masters.device);
        FillMasters(run, exact);
        using var target = kept.Elements.narrow(0, run.Start - kept.ElementOffset, run.Count);
        target.copy_(exact);
    }

    /// <summary>The part of a run of values that lies in the rank's shard.</summary>
    private void FillMasters(ElementRun run, Tensor given)
    {
        var own = run.Within(ShardOffset, ShardCount);
        if (masters is null || own.Count <= 0)
            return;
        using var source = given.narrow(0, own.Start - run.Start, own.Count);
        using var target = masters.narrow(0, own.Start - ShardOffset, own.Count);
        target.copy_(source);
    }

    private Tensor Shard(Tensor whole) => whole.narrow(0, place.Index * ShardCount, ShardCount).DetachFromDisposeScope();

    private Tensor Zeros() => zeros([ShardCount], absent.dtype, absent.device).DetachFromDisposeScope();

    private Tensor Leaf(PlacedParameter placed)
    {
        using var guard = no_grad();
        if (values is not null)
            return BucketView.Parameter(values, plan, placed).DetachFromDisposeScope().requires_grad_(true);
        using var shaped = Absent(placed);
        return shaped.alias().DetachFromDisposeScope().requires_grad_(true);
    }

    private Tensor Absent(PlacedParameter placed) => absent.expand([.. placed.Shape.Sizes]).DetachFromDisposeScope();

    private void BindGradients(Tensor whole)
    {
        foreach (var placed in plan.Parameters)
        {
            using var gradient = BucketView.Parameter(whole, plan, placed);
            Parameters[placed.Parameter.Name].grad = gradient;
        }
    }
}
