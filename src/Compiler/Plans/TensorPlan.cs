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
    public bool CutsOutput => Layers[^1].CutDimension is not null;

    public static TensorPlan Of(CheckedModel model) => new(
        1,
        model,
        [.. model.Layers.Select(_ => LayerSplit.Whole)],
        ImmutableSortedDictionary.Create<string, ParameterCut>(StringComparer.Ordinal));

    /// <summary>What a rank has of a parameter or buffer; null where it is all of it.</summary>
    public ParameterSlice? SliceOf(string name, int coordinate) =>
        Cuts.TryGetValue(name, out var cut) ? new ParameterSlice(cut, coordinate, Degree) : null;
}
