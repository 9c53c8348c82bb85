using System.Collections.Immutable;
using ParDsl.Compiler.Checked;

namespace ParDsl.Compiler.Planning;

/// <summary>Which layers read which values, and through which values gradients flow.</summary>
internal sealed class ModelFlow
{
    private readonly CheckedModel model;
    private readonly ImmutableArray<bool> differentiable;
    private readonly ILookup<int, int> readers;

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
    }

    /// <summary>The layers that read a value, in order.</summary>
    public IEnumerable<int> Readers(int value) => readers[value];

    /// <summary>Whether a value depends on a parameter: only then has it a gradient.</summary>
    public bool IsDifferentiable(int value) => value >= 0 && differentiable[value];

    /// <summary>One sample's numbers in a value.</summary>
    public long Elements(int value) =>
        value == CheckedLayer.ModelInput ? model.Input.ElementCount : model.Layers[value].Output.ElementCount;
}
