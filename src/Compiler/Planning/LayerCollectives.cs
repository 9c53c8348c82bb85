using System.Collections.Immutable;
using ParDsl.Compiler.Checked;
using ParDsl.Compiler.Layers;
using ParDsl.Compiler.Plans;

namespace ParDsl.Compiler.Planning;

/// <summary>The sums inside a stage's forward and backward pass, in the order in which its layers run; none without a group.</summary>
internal sealed class LayerCollectives
{
    public LayerCollectives(CheckedProgram program, GroupPlan? group)
    {
        var elementBytes = program.Training.Precision.ElementBytes();
        var layers = group is null ? [] : Synchronized(program.Model);
        Forward = [.. layers.Select(pair => Collective(pair.Layer, pair.Rule.ForwardElements(pair.Layer)))];
        Backward = [.. layers.Reverse().Select(pair => Collective(pair.Layer, pair.Rule.BackwardElements(pair.Layer)))];

        LayerCollective Collective(CheckedLayer layer, long elements) =>
            new(layer.Index, group?.Index ?? 0, elements, checked(elements * elementBytes));
    }

    public ImmutableArray<LayerCollective> Forward { get; }

    public ImmutableArray<LayerCollective> Backward { get; }

    private static ImmutableArray<(CheckedLayer Layer, ISynchronizedLayer Rule)> Synchronized(CheckedModel model) =>
    [
        .. from layer in model.Layers
           let rule = LayerCatalogue.Find(layer.Kind) as ISynchronizedLayer
           where rule is not null
           select (layer, rule),
    ];
}
