using System.Collections.Immutable;
using ParDsl.Compiler.Checked;

namespace ParDsl.Compiler.Plans;

/// <summary>The model as the tensor ranks share it.</summary>
/// <param name="Degree">The ranks; 1 where there is nothing to share.</param>
/// <param name="LocalModel">The layers with the shapes, arguments and costs that one rank has: all ranks have the same.</param>
/// <param name="Layers">How each layer is shared, by its index.</param>
/// <param name="Cuts">How parameters and buffers are cut, by name; those that are not cut are not there.</param>
public sealed record TensorPlan(
    int Degree,
    CheckedModel LocalModel,
    ImmutableArray<LayerSplit> Layers,
    ImmutableSortedDictionary<string, ParameterCut> Cuts)
{
    /// <summary>Whether each rank has its part of the classes in the model's output.</summary>
    public bool CutsClasses => Layers[^1] is { CutDimension: not null, DividesSequence: false };

    /// <summary>Whether each rank has its places of the model's output: then it has its part of the loss.</summary>
    public bool DividesOutput => Layers[^1].DividesSequence;

    /// <summary>
    /// Parameters that each rank has whole and uses at its places of the sequence only: the ranks' gradients are parts of a sum.
    /// </summary>
    public ImmutableSortedSet<string> PartialGradients { get; } =
    [
        .. LocalModel.Layers
            .Where(layer => Layers[layer.Index].DividesSequence)
            .SelectMany(layer => layer.Parameters.Select(own => own.Name).Concat(layer.Shared.Select(shared => shared.Name)))
            .Where(name => !Cuts.ContainsKey(name)),
    ];

    public static TensorPlan Of(CheckedModel model) => new(
        1,
        model,
        [.. model.Layers.Select(_ => LayerSplit.Whole)],
        ImmutableSortedDictionary.Create<string, ParameterCut>(StringComparer.Ordinal));

    /// <summary>What a rank has of a parameter or buffer; null where it is all of it.</summary>
    public ParameterSlice? SliceOf(string name, int coordinate) =>
        Cuts.TryGetValue(name, out var cut) ? new ParameterSlice(cut, coordinate, Degree) : null;

    /// <summary>What becomes of each of a layer's inputs on its way in.</summary>
    public IEnumerable<ValueEntry> Entries(CheckedLayer layer) => layer.Inputs.Select(value => Entry(Layers[layer.Index].Kind, value));

    /// <summary>It follows from what the value's maker gives and what the layer wants.</summary>
    private ValueEntry Entry(SplitKind kind, int value)
    {
        var isDivided = value != CheckedLayer.ModelInput && Layers[value].DividesSequence;
        return kind switch
        {
            SplitKind.Sequence => isDivided ? ValueEntry.AsIs : ValueEntry.TakePlaces,
            _ when kind.SumsInputGradient() => isDivided ? ValueEntry.GatherForParts : ValueEntry.Sum,
            _ => isDivided ? ValueEntry.GatherAlike : ValueEntry.AsIs,
        };
    }
}
