using System.Collections.Immutable;
using ParDsl.Compiler.Checked;
using ParDsl.Compiler.Planning.Programs;
using ParDsl.Compiler.Plans;

namespace ParDsl.Compiler.Planning;

/// <summary>
/// What tensor ranks move for a layer, the loss and metrics: sums over the parts that they have, the gathering and scattering
/// of a sequence, and some numbers of each row of logits whose classes are cut.
/// </summary>
internal sealed class TensorCollectives(PlanContext context, GroupPlan group)
{
    /// <summary>The greatest logit of a rank's classes, the sum of exponentials, the target's logit and the sum of all.</summary>
    private const int LossNumbers = 4;

    /// <summary>The greatest logit of a rank's classes, and its class.</summary>
    private const int AccuracyNumbers = 2;

    private int LastLayer => context.LocalModel.Layers.Length - 1;

    /// <summary>In front of a layer's forward pass.</summary>
    public IEnumerable<LayerCollective> Enter(CheckedLayer layer) =>
        from input in Entries(layer)
        let kind = input.Entry.Forward()
        where kind is not null
        select OfValue(layer.Index, kind.Value, context.Flow.Elements(input.Value));

    /// <summary>Behind a layer's forward pass.</summary>
    public IEnumerable<LayerCollective> Leave(CheckedLayer layer)
    {
        var split = Split(layer);
        if (!split.Kind.SumsOutput())
            return [];
        return split.DividesSequence
            ? [OfValue(layer.Index, CollectiveKind.ReduceScatter, WholeOutput(layer))]
            : [OfValue(layer.Index, CollectiveKind.AllReduce, layer.Output.ElementCount)];
    }

    /// <summary>In a layer's backward pass.</summary>
    public IEnumerable<LayerCollective> Backward(CheckedLayer layer)
    {
        if (Split(layer) is { DividesSequence: true, Kind: var split } && split.SumsOutput())
            yield return OfValue(layer.Index, CollectiveKind.AllGather, layer.Output.ElementCount);
        foreach (var (entry, value) in Entries(layer))
        {
            if (entry.Backward() is { } kind && context.Flow.IsDifferentiable(value))
                yield return OfValue(layer.Index, kind, BackwardElements(entry, value));
        }
    }

    public ImmutableArray<LayerCollective> Loss() =>
        context.Tensor.CutsClasses ? [OfRows(LossNumbers)] : [];

    public ImmutableArray<LayerCollective> Metrics() => context.Tensor.CutsClasses
        ? [.. context.Program.Training.Metrics.Select(_ => OfRows(AccuracyNumbers))]
        : [];

    /// <summary>What a rank has of the gradient of a value that enters a layer.</summary>
    private long BackwardElements(ValueEntry entry, int value) => entry switch
    {
        ValueEntry.GatherForParts => checked(context.Flow.Elements(value) * context.Tensor.Degree),
        ValueEntry.TakePlaces => context.Flow.Elements(value) / context.Tensor.Degree,
        _ => context.Flow.Elements(value),
    };

    private IEnumerable<(ValueEntry Entry, int Value)> Entries(CheckedLayer layer) => context.Tensor.Entries(layer).Zip(layer.Inputs);

    private LayerSplit Split(CheckedLayer layer) => context.Tensor.Layers[layer.Index];

    private long WholeOutput(CheckedLayer layer) => context.Program.Model.Layers[layer.Index].Output.ElementCount;

    /// <summary>Of values of a whole micro-batch; an epoch's last may have fewer samples.</summary>
    /// <param name="elementsOfSample">What each rank puts in.</param>
    private LayerCollective OfValue(int layer, CollectiveKind kind, long elementsOfSample)
    {
        var elements = checked(elementsOfSample * context.Batch.RankMicroBatch);
        return new(layer, kind, group.Index, elements, checked(elements * context.ElementBytes));
    }

    /// <summary>Some numbers of each row of logits, from every rank to every rank.</summary>
    private LayerCollective OfRows(int numbers)
    {
        var output = context.LocalModel.Output;
        var rows = output.ElementCount / output.Sizes[^1] * context.Batch.RankMicroBatch;
        var elements = checked(rows * numbers);
        return new(LastLayer, CollectiveKind.AllGather, group.Index, elements, checked(elements * context.MasterBytes));
    }
}
