using System.Collections.Immutable;
using ParDsl.Compiler.Checked;
using ParDsl.Compiler.Layers;
using ParDsl.Compiler.Layers.Combinations;
using ParDsl.Compiler.Layers.Splits;
using ParDsl.Compiler.Plans;

namespace ParDsl.Compiler.Planning.Tensor;

/// <summary>
/// Derives from the layer rules how tensor ranks share a model: a layer that cuts its outputs is taken where all that follows
/// works on the parts until a layer sums them up again, or the loss does. What cannot be shared is done whole by every rank.
/// </summary>
internal sealed class TensorSplit
{
    private readonly CheckedProgram program;
    private readonly int degree;
    private readonly ImmutableHashSet<int> refused;
    private readonly SplitOffer?[] taken;

    private TensorSplit(CheckedProgram program, int degree, ImmutableHashSet<int> refused)
    {
        (this.program, this.degree, this.refused) = (program, degree, refused);
        taken = new SplitOffer?[Layers.Length];
    }

    private ImmutableArray<CheckedLayer> Layers => program.Model.Layers;

    public static TensorPlan Of(CheckedProgram program, int degree)
    {
        if (degree == 1)
            return TensorPlan.Of(program.Model);
        var refused = ImmutableHashSet<int>.Empty;
        while (true)
        {
            var split = new TensorSplit(program, degree, refused);
            split.Run();
            // A tied weight is cut alike by all its users, or by none.
            var apart = split.TiesApart().ToImmutableHashSet();
            if (apart.IsEmpty)
                return split.Plan(split.Offers());
            refused = refused.Union(apart);
        }
    }

    private void Run()
    {
        foreach (var layer in Layers.Where(layer => taken[layer.Index] is null && !refused.Contains(layer.Index)))
        {
            if (Rule(layer)?.Offer(layer, null, degree) is not { } offer || !layer.Inputs.All(IsWhole))
                continue;
            if (offer.Split.CutDimension is null)
                taken[layer.Index] = offer;
            else if (Region(layer, offer) is { } region)
                Take(region);
        }
    }

    private bool IsWhole(int value) =>
        value == CheckedLayer.ModelInput || taken[value]?.Split.CutDimension is null;

    private void Take(Dictionary<int, SplitOffer> region)
    {
        foreach (var (index, offer) in region)
            taken[index] = offer;
    }

    /// <summary>What a cut output leads to, layer by layer; null where something on the way needs whole values.</summary>
    private Dictionary<int, SplitOffer>? Region(CheckedLayer first, SplitOffer offer)
    {
        var region = new Dictionary<int, SplitOffer> { [first.Index] = offer };
        for (var index = first.Index + 1; index < Layers.Length; index++)
        {
            var layer = Layers[index];
            var cuts = layer.Inputs.Select(input => CutIn(region, input)).Distinct().ToArray();
            if (cuts.All(cut => cut is null))
                continue;
            if (cuts.Length > 1 || refused.Contains(index) || Rule(layer)?.Offer(layer, cuts[0], degree) is not { } next)
                return null;
            region.Add(index, next);
        }

        return CutIn(region, Layers.Length - 1) is null || LossTakesParts() ? region : null;
    }

    private static int? CutIn(Dictionary<int, SplitOffer> region, int value) =>
        region.TryGetValue(value, out var offer) ? offer.Split.CutDimension : null;

    /// <summary>Cross-entropy and accuracy need some numbers of each rank's classes, never all logits.</summary>
    private bool LossTakesParts() =>
        program.Data.Target is CheckedTarget.Class
        && program.Training.Loss.Kind == "cross_entropy"
        && program.Training.Metrics.All(metric => metric.Kind == "accuracy");

    private IEnumerable<int> TiesApart() =>
        from layer in Layers
        from shared in layer.Shared
        let own = CutOf(layer.Index, shared.Name)
        let owners = CutOf(shared.OwnerLayer, shared.Name)
        where own != owners
        from index in (int[])[layer.Index, shared.OwnerLayer]
        where taken[index] is not null
        select index;

    private ParameterCut? CutOf(int layer, string name) =>
        taken[layer]?.Cuts.Where(cut => cut.Key == name).Select(cut => cut.Value).FirstOrDefault();

    private ImmutableArray<SplitOffer?> Offers() => program.Parallel.Tensor is { DividesSequence: true }
        ? SequenceSplit.Divide(program.Model, [.. taken], degree)
        : [.. taken];

    private TensorPlan Plan(ImmutableArray<SplitOffer?> offers)
    {
        ImmutableArray<CheckedLayer> locals = [.. Layers.Select(layer => offers[layer.Index]?.Local ?? layer)];
        return new(
            degree,
            program.Model with { Layers = [.. locals.Select(local => WithInputs(local, locals))] },
            [.. offers.Select(offer => offer?.Split ?? LayerSplit.Whole)],
            ImmutableSortedDictionary.CreateRange(
                StringComparer.Ordinal, offers.OfType<SplitOffer>().SelectMany(offer => offer.Cuts).DistinctBy(cut => cut.Key)));
    }

    /// <summary>A layer's inputs are what the layers before it give, cut or whole.</summary>
    private CheckedLayer WithInputs(CheckedLayer local, ImmutableArray<CheckedLayer> locals) => local with
    {
        InputShapes = [.. local.Inputs.Select(value => value == CheckedLayer.ModelInput ? program.Model.Input : locals[value].Output)],
    };

    private static ISplitLayer? Rule(CheckedLayer layer) =>
        LayerCatalogue.Find(layer.Kind) as ISplitLayer ?? CombinationCatalogue.Find(layer.Kind) as ISplitLayer;
}
