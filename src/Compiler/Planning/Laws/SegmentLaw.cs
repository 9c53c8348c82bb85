using System.Collections.Immutable;
using ParDsl.Compiler.Checked;
using ParDsl.Compiler.Diagnostics;
using ParDsl.Compiler.Plans;
using ParDsl.Diagnostics;

namespace ParDsl.Compiler.Planning.Laws;

/// <summary>
/// The ranks of one data and tensor coordinate hold every layer of the model, each once; a segment's inputs and outputs are the values
/// that its layers read and give across its borders.
/// </summary>
internal static class SegmentLaw
{
    public static IEnumerable<Diagnostic> Findings(ExecutionPlan plan, ImmutableArray<RankPlan> ranks) =>
    [
        .. ranks
            .GroupBy(rank => (plan.Mesh.Coordinate(rank.Rank, MeshAxis.Data), plan.Mesh.Coordinate(rank.Rank, MeshAxis.Tensor)))
            .SelectMany(replica => Layers(plan, [.. replica])),
        .. from rank in ranks
           from segment in rank.Segments
           where !Inputs(plan, segment).SequenceEqual(segment.Inputs) || !Outputs(plan, segment).SequenceEqual(segment.Outputs)
           select ConsistencyErrors.SegmentBorders(plan, rank, segment),
    ];

    private static IEnumerable<Diagnostic> Layers(ExecutionPlan plan, RankPlan[] replica)
    {
        var held = replica
            .SelectMany(rank => rank.Segments)
            .SelectMany(segment => Enumerable.Range(segment.FirstLayer, segment.LayerCount))
            .Order();
        if (!held.SequenceEqual(Enumerable.Range(0, plan.Program.Model.Layers.Length)))
            yield return ConsistencyErrors.LayersNotHeldOnce(plan, replica[0]);
    }

    private static IEnumerable<int> Inputs(ExecutionPlan plan, SegmentPlan segment) => plan.Program.Model.Layers
        .Where(layer => segment.Holds(layer.Index))
        .SelectMany(layer => layer.Inputs)
        .Where(input => input < segment.FirstLayer)
        .Distinct()
        .Order();

    private static IEnumerable<int> Outputs(ExecutionPlan plan, SegmentPlan segment) => plan.Program.Model.Layers
        .Where(layer => !segment.Holds(layer.Index))
        .SelectMany(layer => layer.Inputs)
        .Where(segment.Holds)
        .Distinct()
        .Order();
}
