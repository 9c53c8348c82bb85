using System.Collections.Immutable;
using ParDsl.Compiler.Checked;
using ParDsl.Compiler.Plans;
using static TorchSharp.torch;

namespace ParDsl.Runtime.Modules;

/// <summary>
/// A run of a rank's layers: the values that it reads come in, those that are read behind it go out. A value is let go as
/// soon as its last reader is done; autograd keeps what it needs itself.
/// </summary>
internal sealed class LayerSegment
{
    private readonly SegmentPlan plan;
    private readonly ImmutableArray<CheckedLayer> layers;
    private readonly ImmutableArray<ILayerModule> modules;

    /// <summary>For each layer, those whose values nobody reads after it.</summary>
    private readonly ImmutableArray<ImmutableArray<int>> lastRead;

    public LayerSegment(SegmentPlan plan, ImmutableArray<CheckedLayer> layers, ImmutableArray<ILayerModule> modules)
    {
        (this.plan, this.layers, this.modules) = (plan, layers, modules);
        lastRead = LastRead();
    }

    public SegmentPlan Plan => plan;

    /// <param name="inputs">The values that it reads, by the index of the layer that gave them.</param>
    /// <returns>Its outputs, and its last layer's value, likewise.</returns>
    public Dictionary<int, Tensor> Forward(IReadOnlyDictionary<int, Tensor> inputs, ForwardContext context)
    {
        var values = new Dictionary<int, Tensor>(layers.Length);
        for (var place = 0; place < layers.Length; place++)
        {
            values[layers[place].Index] = modules[place].Forward(Read(layers[place], values, inputs), context);
            foreach (var done in lastRead[place])
            {
                values.Remove(done, out var value);
                value!.Dispose();
            }
        }

        return values;
    }

    private static Tensor[] Read(
        CheckedLayer layer, Dictionary<int, Tensor> values, IReadOnlyDictionary<int, Tensor> inputs) =>
        [.. layer.Inputs.Select(input => values.TryGetValue(input, out var value) ? value : inputs[input])];

    private ImmutableArray<ImmutableArray<int>> LastRead()
    {
        var kept = plan.Outputs.Append(layers[^1].Index).ToHashSet();
        var readers = layers
            .SelectMany(layer => layer.Inputs.Select(input => (Input: input, Reader: layer.Index)))
            .Where(pair => plan.Holds(pair.Input) && !kept.Contains(pair.Input))
            .GroupBy(pair => pair.Input, pair => pair.Reader)
            .ToLookup(group => group.Max(), group => group.Key);
        return [.. layers.Select(layer => readers[layer.Index].ToImmutableArray())];
    }
}
