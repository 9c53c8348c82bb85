using System.Collections.Immutable;
using ParDsl.Compiler.Checked;

namespace ParDsl.Compiler.Planning;

/// <summary>Which layers read which values, and through which values gradients flow.</summary>
internal sealed class ModelFlow
{
    private readonly CheckedModel model;
    private readonly ImmutableArray<bool> differentiable;
    private readonly ILookup<int, int> readers;
    private readonly ImmutableArray<long> across;

    public ModelFlow(CheckedModel model)
    {
        this.model = model;
        readers = model.Layers
            .SelectMany(layer => layer.Inputs.Distinct().Select(input => (input, layer.Index)))
            .ToLookup(pair => pair.input, pair => pair.Index);
        var flows = ImmutableArray.CreateBuilder<bool>(model.Layers.Length);
        foreach (var layer in model.Layers)
            flows.Add(layer.Parameters.Length > 0 || layer.Shared.Length > 0 || layer.Inputs.Any(input => input >= 0 && flows[input]));
        differentiable = flows.MoveToImmutable();
        across = Across();
    }

    /// <summary>The layers that read a value, in order.</summary>
    public IEnumerable<int> Readers(int value) => readers[value];

    /// <summary>Whether a value depends on a parameter: only then has it a gradient.</summary>
    public bool IsDifferentiable(int value) => value >= 0 && differentiable[value];

    /// <summary>One sample's numbers in the values that layers before a place give and layers from it on read.</summary>
    /// <param name="place">The index of a layer, or the number of layers.</param>
    public long ElementsAcross(int place) => across[place];

    /// <summary>One sample's numbers in a value.</summary>
    public long Elements(int value) =>
        value == CheckedLayer.ModelInput ? model.Input.ElementCount : model.Layers[value].Output.ElementCount;

    private ImmutableArray<long> Across()
    {
        var elements = new long[model.Layers.Length + 1];
        foreach (var layer in model.Layers)
        {
            for (var place = layer.Index + 1; place <= readers[layer.Index].DefaultIfEmpty(-1).Max(); place++)
                elements[place] += layer.Output.ElementCount;
        }

        return [.. elements];
    }
}
