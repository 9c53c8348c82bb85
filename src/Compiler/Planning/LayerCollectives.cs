using System.Collections.Immutable;
using ParDsl.Compiler.Checked;
using ParDsl.Compiler.Layers;
using ParDsl.Compiler.Plans;

namespace ParDsl.Compiler.Planning;

/// <summary>
/// What layers move inside a stage's forward and backward pass, in the order in which its layers run; none without a
/// group.
/// </summary>
internal sealed class LayerCollectives
{
    public LayerCollectives(CheckedProgram program, GroupPlan? group)
    {
        var elementBytes = program.Training.Precision.ElementBytes();
        var layers = group is null ? [] : Synchronized(program.Model);
        Forward = [.. layers.Select(pair => Collective(pair.Layer, pair.Rule.Forward(pair.Layer)))];
        Backward = [.. layers.Reverse().Select(pair => Collective(pair.Layer, pair.Rule.Backward(pair.Layer)))];

        LayerCollective Collective(CheckedLayer layer, SynchronizedWork work) =>
            new(layer.Index, work.Kind, group?.Index ?? 0, work.Elements, checked(work.Elements * elementBytes));
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
