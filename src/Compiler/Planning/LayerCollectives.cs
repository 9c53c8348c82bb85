using System.Collections.Immutable;
using ParDsl.Compiler.Checked;
using ParDsl.Compiler.Layers;
using ParDsl.Compiler.Plans;

namespace ParDsl.Compiler.Planning;

/// <summary>
/// What layers move inside a segment's forward and backward pass, in the order in which its layers run; none without a
/// group.
/// </summary>
internal sealed class LayerCollectives(CheckedProgram program, GroupPlan? dataGroup)
{
    public ImmutableArray<LayerCollective> Forward(SegmentPlan segment) =>
        [.. Synchronized(segment).Select(pair => Collective(pair.Layer, pair.Rule.Forward(pair.Layer)))];

    public ImmutableArray<LayerCollective> Backward(SegmentPlan segment) =>
        [.. Synchronized(segment).Reverse().Select(pair => Collective(pair.Layer, pair.Rule.Backward(pair.Layer)))];

    private LayerCollective Collective(CheckedLayer layer, SynchronizedWork work) => new(
        layer.Index,
        work.Kind,
        dataGroup?.Index ?? 0,
        work.Elements,
        checked(work.Elements * program.Training.Precision.Master().ElementBytes()));

    private IEnumerable<(CheckedLayer Layer, ISynchronizedLayer Rule)> Synchronized(SegmentPlan segment) =>
        from layer in dataGroup is null ? [] : program.Model.Layers.Skip(segment.FirstLayer).Take(segment.LayerCount)
        let rule = LayerCatalogue.Find(layer.Kind) as ISynchronizedLayer
        where rule is not null
        select (layer, rule);
}
