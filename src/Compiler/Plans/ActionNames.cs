using System.Collections.Immutable;

namespace ParDsl.Compiler.Plans;

/// <summary>
/// Gives the ranks and groups that actions name other names. All else in an action stays, so that one which names none is the
/// same action.
/// </summary>
internal sealed class ActionNames(Func<int, int> peer, Func<int, int> group)
{
    /// <summary>The passes of all micro-batches have their collectives in common.</summary>
    private readonly Dictionary<ImmutableArray<LayerCollective>, ImmutableArray<LayerCollective>> known = [];

    public ImmutableArray<PlanAction> Change(ImmutableArray<PlanAction> actions) => [.. actions.Select(Change)];

    private PlanAction Change(PlanAction action) => action switch
    {
        PlanAction.Forward pass => pass.Collectives.IsEmpty ? pass : pass with { Collectives = Change(pass.Collectives) },
        PlanAction.Recompute pass => pass.Collectives.IsEmpty ? pass : pass with { Collectives = Change(pass.Collectives) },
        PlanAction.Backward pass => pass.Collectives.IsEmpty ? pass : pass with { Collectives = Change(pass.Collectives) },
        PlanAction.InputGradient pass => pass.Collectives.IsEmpty ? pass : pass with { Collectives = Change(pass.Collectives) },
        PlanAction.Measure measure => measure.Collectives.IsEmpty ? measure : measure with { Collectives = Change(measure.Collectives) },
        PlanAction.SendValue send => send with { Peer = peer(send.Peer) },
        PlanAction.ReceiveValue receive => receive with { Peer = peer(receive.Peer) },
        PlanAction.SendGradient send => send with { Peer = peer(send.Peer) },
        PlanAction.ReceiveGradient receive => receive with { Peer = peer(receive.Peer) },
        PlanAction.ReduceGradients reduce => reduce with { Group = group(reduce.Group) },
        PlanAction.GatherParameters gather => gather with { Group = group(gather.Group) },
        PlanAction.SumSharedGradient sum => sum with { Group = group(sum.Group) },
        PlanAction.SumPartialGradients sum => sum with { Group = group(sum.Group) },
        PlanAction.AllReduceMetrics reduce => reduce with { Group = group(reduce.Group) },
        PlanAction.CompareReplicas compare => compare with { Group = group(compare.Group) },
        PlanAction.Clip clip => clip with { Group = Change(clip.Group) },
        PlanAction.WidenGradients widen => widen with { Group = Change(widen.Group) },
        PlanAction.Load or PlanAction.WeightGradient or PlanAction.AwaitGradients or PlanAction.AwaitParameters
            or PlanAction.ReleaseParameters or PlanAction.Step => action,
        _ => throw new ArgumentOutOfRangeException(nameof(action), action, null),
    };

    private int? Change(int? named) => named is { } one ? group(one) : null;

    private ImmutableArray<LayerCollective> Change(ImmutableArray<LayerCollective> collectives)
    {
        if (!known.TryGetValue(collectives, out var changed))
            known.Add(collectives, changed = [.. collectives.Select(inside => inside with { Group = group(inside.Group) })]);
        return changed;
    }
}
