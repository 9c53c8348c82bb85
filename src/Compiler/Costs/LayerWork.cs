using System.Collections.Immutable;
using ParDsl.Compiler.Checked;
using ParDsl.Compiler.Layers;
using ParDsl.Compiler.Layers.Combinations;

namespace ParDsl.Compiler.Costs;

/// <summary>The operations of a layer, in order, for one sample. Nothing here knows hardware.</summary>
public sealed record LayerWork(ImmutableArray<OperationWork> Forward, ImmutableArray<OperationWork> Backward)
{
    public static LayerWork Nothing { get; } = new([], []);

    /// <summary>Of a layer of any kind, or of a tensor rank's part of it.</summary>
    public static LayerWork Of(CheckedLayer layer) =>
        LayerCatalogue.Find(layer.Kind)?.Work(layer) ?? CombinationCatalogue.Find(layer.Kind)!.Work(layer);

    /// <summary>What only looks at its input in another way.</summary>
    public static LayerWork View { get; } = new([OperationWork.Pass(0)], [OperationWork.Pass(0)]);

    /// <summary>
    /// A function of each number by itself: the input is read and the output written; backward, what was kept and the
    /// output's gradient are read, and the input's written.
    /// </summary>
    /// <param name="specials">Costly functions of each number, forward.</param>
    /// <param name="backwardSpecials">The same, backward.</param>
    public static LayerWork ElementByElement(CheckedLayer layer, double specials = 0, double backwardSpecials = 0)
    {
        double count = layer.Output.ElementCount;
        return new(
            [OperationWork.Pass(2 * count, specials * count)],
            [OperationWork.Pass(3 * count, backwardSpecials * count)]);
    }

    /// <summary>
    /// A product with a weight: forward one; backward one for the input's gradient, and one for the weight's, which is then
    /// added to what earlier micro-batches left.
    /// </summary>
    /// <param name="inputs">The numbers of one sample that come in.</param>
    /// <param name="placeInputs">Those of one place, of a matrix product; 0 of others.</param>
    public static LayerWork Weighted(CheckedLayer layer, WorkKind kind, double inputs, double weights, double placeInputs = 0)
    {
        var product = new OperationWork(kind, layer.FlopsPerSample, inputs + layer.Output.ElementCount)
        {
            WeightElements = weights,
            Inputs = placeInputs,
        };
        var smaller = layer.Arguments.Flag("bias");
        return new(
            [product],
            [
                product with { IsOfInput = true },
                product with { IsOfWeights = true },
                OperationWork.Pass(0) with { WeightElements = 3 * weights, IsOfWeights = true },
                .. smaller ? (OperationWork[])[OperationWork.Pass(layer.Output.ElementCount, calls: 2)] : [],
            ]);
    }

    /// <summary>One after the other; backward in reverse.</summary>
    public LayerWork Then(LayerWork next) => new([.. Forward, .. next.Forward], [.. next.Backward, .. Backward]);
}
