using System.Collections.Immutable;
using System.Globalization;
using ParDsl.Compiler.Checked;
using ParDsl.Compiler.Checking;
using ParDsl.Compiler.Layers;
using ParDsl.Compiler.Planning;
using ParDsl.Compiler.Plans;

namespace ParDsl.Compiler.Costs;

/// <summary>
/// What makes the time of a layer on a rank, in words: <c>linear 512 bias=true | [784] | float32 | no input gradient</c>. Two
/// layers with the same words take the same time, whatever specs they are in.
/// </summary>
/// <param name="tensor">The layers as one rank has them.</param>
/// <param name="hasReplicas">Whether data ranks share each batch.</param>
public sealed class LayerIdentity(CheckedProgram program, TensorPlan tensor, bool hasReplicas)
{
    private readonly ModelFlow flow = new(program.Model);

    /// <summary>Of all layers of a model that each rank has whole.</summary>
    /// <param name="hasReplicas">Whether data ranks share each batch.</param>
    public static ImmutableArray<string> OfWhole(CheckedProgram program, bool hasReplicas) =>
        new LayerIdentity(program, TensorPlan.Of(program.Model), hasReplicas).All;

    /// <summary>Of each layer.</summary>
    public ImmutableArray<string> All => [.. tensor.LocalModel.Layers.Select(Of)];

    /// <summary>Whether some layer shares statistics between replicas.</summary>
    public static bool MeetsReplicas(CheckedProgram program) => program.Model.Layers.Any(IsSynchronised);

    /// <param name="layer">As one rank has it.</param>
    private string Of(CheckedLayer layer)
    {
        var inputs = string.Join(" ", layer.InputShapes);
        var gradient = (flow.IsDifferentiable(layer.Index), layer.Inputs.Any(flow.IsDifferentiable)) switch
        {
            (false, _) => " | no gradient",
            (_, false) => " | no input gradient",
            _ => "",
        };
        return $"{LayerText.WriteWhole(layer)} | {inputs} | {program.Training.Precision.Name()}{gradient}{Division(layer)}{Meeting(layer)}{Closing(layer)}";
    }

    private static bool IsSynchronised(CheckedLayer layer) => LayerCatalogue.Find(layer.Kind) is ISynchronizedLayer;

    /// <summary>Where tensor ranks share a layer, they meet in it; where they do not, it is as any other.</summary>
    private string Division(CheckedLayer layer)
    {
        var kind = tensor.Layers[layer.Index].Kind;
        return kind == SplitKind.Whole && tensor.Entries(layer).All(entry => entry == ValueEntry.AsIs)
            ? ""
            : string.Create(CultureInfo.InvariantCulture, $" | {kind.Words()} over {tensor.Degree}");
    }

    /// <summary>Where replicas share statistics, they come from other kernels, and a rank waits for the others.</summary>
    private string Meeting(CheckedLayer layer) => hasReplicas && IsSynchronised(layer) ? " | synchronised" : "";

    /// <summary>The last layer is timed with the loss and the metrics.</summary>
    private string Closing(CheckedLayer layer) => layer.Index < program.Model.Layers.Length - 1
        ? ""
        : $" | {string.Join(" ", program.Training.Metrics.Select(metric => metric.Kind).Prepend(program.Training.Loss.Kind))}";
}
