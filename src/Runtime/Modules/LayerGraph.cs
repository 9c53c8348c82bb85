using System.Collections.Immutable;
using ParDsl.Compiler.Checked;
using static TorchSharp.torch;

namespace ParDsl.Runtime.Modules;

/// <summary>
/// A rank's whole model: a slice of a micro-batch comes in, the last layer's output goes out. A value is let go as soon as
/// its last reader is done; autograd keeps what it needs itself.
/// </summary>
internal sealed class LayerGraph(ImmutableArray<CheckedLayer> layers, ImmutableArray<ILayerModule> modules)
{
    private readonly ImmutableArray<ImmutableArray<int>> lastRead = LastRead(layers);

    public Tensor Forward(Tensor input, ForwardContext context)
    {
        var values = new Tensor[layers.Length];
        for (var index = 0; index < layers.Length; index++)
        {
            values[index] = modules[index].Forward(Inputs(layers[index], values, input), context);
            foreach (var done in lastRead[index])
                values[done].Dispose();
        }

        return values.Length == 0 ? input.alias() : values[^1];
    }

    private static Tensor[] Inputs(CheckedLayer layer, Tensor[] values, Tensor input)
    {
        var inputs = new Tensor[layer.Inputs.Length];
        for (var place = 0; place < inputs.Length; place++)
            inputs[place] = layer.Inputs[place] == CheckedLayer.ModelInput ? input : values[layer.Inputs[place]];
        return inputs;
    }

    /// <summary>For each layer, those whose values nobody reads after it.</summary>
    private static ImmutableArray<ImmutableArray<int>> LastRead(ImmutableArray<CheckedLayer> layers)
    {
        var readers = layers
            .SelectMany(layer => layer.Inputs.Select(input => (Input: input, Reader: layer.Index)))
            .Where(pair => pair.Input != CheckedLayer.ModelInput)
            .GroupBy(pair => pair.Input, pair => pair.Reader)
            .ToLookup(group => group.Max(), group => group.Key);
        return [.. layers.Select(layer => readers[layer.Index].ToImmutableArray())];
    }
}
