using System.Collections.Immutable;
using ParDsl.Compiler.Hardware;

namespace ParDsl.Compiler.Plans;

/// <summary>What one rank owns and does.</summary>
/// <param name="Coordinates">The rank's coordinate on each axis of the mesh, in the axes' order.</param>
/// <param name="Segments">The rank's layers, in runs; all of the model's where it is not cut.</param>
/// <param name="Buckets">The parameters of those layers in the rank's flat buffer.</param>
/// <param name="Update">The actions of one update.</param>
/// <param name="Evaluate">The actions for one batch of an evaluation.</param>
public sealed record RankPlan(
    int Rank,
    ImmutableArray<int> Coordinates,
    DeviceDescription Device,
    ImmutableArray<SegmentPlan> Segments,
    ImmutableArray<GradientBucket> Buckets,
    ImmutableArray<PlanAction> Update,
    ImmutableArray<PlanAction> Evaluate,
    MemoryEstimate Memory)
{
    public ImmutableArray<PlanAction> Update
    {
        get => UpdateList.Actions;
        init => UpdateList = new ActionList(value);
    }

    public ImmutableArray<PlanAction> Evaluate
    {
        get => EvaluateList.Actions;
        init => EvaluateList = new ActionList(value);
    }

    /// <summary>The actions after an update that is to be followed by a comparison of the replicas; mostly none.</summary>
    public ImmutableArray<PlanAction> Compare
    {
        get => CompareList.Actions;
        init => CompareList = new ActionList(value);
    }

    /// <summary>What comes and goes in an update, by the number of the action; its most is in <see cref="Memory"/>.</summary>
    public ImmutableArray<ActionBytes> Activations { get; init; } = [];

    /// <summary>How that changes within a pass, by its segment.</summary>
    public ImmutableArray<PassBytes> Passes { get; init; } = [];

    /// <summary>What was sent and not taken yet, at most: it is counted in all of <see cref="Activations"/>.</summary>
    public long WaitingMessageBytes { get; init; }

    /// <summary>Those of an update and an evaluation, counted without making the lists.</summary>
    public long ActionCount => (long)UpdateList.Length + EvaluateList.Length;

    internal ActionList UpdateList { get; private init; } = new(Update);

    internal ActionList EvaluateList { get; private init; } = new(Evaluate);

    internal ActionList CompareList { get; private init; } = new([]);

    /// <summary>The rank at the same place of another replica, which does the same with the ranks and groups there.</summary>
    internal RankPlan In(ReplicaImage image, ImmutableArray<int> coordinates, DeviceDescription device) => this with
    {
        Rank = image.RankOf(Rank),
        Coordinates = coordinates,
        Device = device,
        UpdateList = UpdateList.In(image),
        EvaluateList = EvaluateList.In(image),
        CompareList = CompareList.In(image),
    };

    /// <summary>The elements of the rank's flat buffer, padding included.</summary>
    public long ElementCount => Buckets.Sum(bucket => bucket.ElementCount);
}
