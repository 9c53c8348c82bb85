using System.Collections.Immutable;
using ParDsl.Compiler.Checked;
using ParDsl.Compiler.Costs;
using ParDsl.Compiler.Plans;

namespace ParDsl.Compiler.Planning.Search;

/// <summary>
/// What the layers before each one cost together, for one micro-batch on one tensor rank, so that any run of layers is a
/// difference of two sums.
/// </summary>
internal sealed class LayerSums
{
    private readonly ImmutableArray<LayerCost> sums;

    /// <param name="summing">The same ranks without dividing the sequence: what they sum is what they move.</param>
    /// <param name="reach">Of the tensor ranks.</param>
    public LayerSums(
        TensorPlan tensor, TensorPlan summing, Precision precision, PassTimes passes, MoveTimes moves, GroupReach reach, int samples)
    {
        var kept = KeptBytes(tensor.LocalModel, precision.ElementBytes());
        var builder = ImmutableArray.CreateBuilder<LayerCost>();
        builder.Add(LayerCost.None);
        foreach (var layer in tensor.LocalModel.Layers)
            builder.Add(builder[^1] + Cost(layer));
        sums = builder.ToImmutable();

        LayerCost Cost(CheckedLayer layer) => new(
            passes.OfLayer(layer.Index).Forward,
            passes.OfLayer(layer.Index).Input,
            passes.OfLayer(layer.Index).Weights,
            reach.Machines == 1 && passes.HasMoves(layer.Index) ? 0 : Moved(summing.LocalModel.Layers[layer.Index]).Sum(Move),
            layer.ParameterCount,
            (double)kept[layer.Index] * samples,
            (double)layer.Output.ElementCount * samples * precision.ElementBytes());

        double Move(long elements) =>
            moves.Collective(CollectiveKind.AllReduce, reach, (double)elements * samples * precision.ElementBytes());

        IEnumerable<long> Moved(CheckedLayer layer)
        {
            var split = summing.Layers[layer.Index].Kind;
            if (split.SumsOutput())
                yield return layer.Output.ElementCount;
            if (split is SplitKind.Column or SplitKind.Heads)
                yield return layer.InputShapes[0].ElementCount;
        }
    }

    public LayerCost Of(int first, int count) => sums[first + count] - sums[first];

    /// <summary>
    /// What autograd keeps of one sample, by layer: a value that several keep counts once, with the layer that gives it, and the
    /// model's input with the first layer.
    /// </summary>
    private static long[] KeptBytes(CheckedModel model, int elementBytes)
    {
        var flow = new ModelFlow(model);
        var kept = model.Layers.Select(layer => LayerKeeping.OwnBytes(layer, flow, elementBytes)).ToArray();
        foreach (var value in model.Layers.SelectMany(LayerKeeping.Values).Select(Owner).Distinct())
        {
            var layer = Math.Max(0, value);
            kept[layer] = checked(kept[layer] + (flow.Elements(value) * elementBytes));
        }

        return kept;

        int Owner(int value)
        {
            while (value >= 0 && LayerKeeping.IsView(model.Layers[value]))
                value = model.Layers[value].Inputs[0];
            return value;
        }
    }
}
