using System.Collections.Immutable;
using ParDsl.Compiler.Checked;
using ParDsl.Compiler.Plans;

namespace ParDsl.Compiler.Printing.Pages.Models;

/// <summary>A stage of the pipeline, or the whole model where it is not cut: its layers, and the ranks that hold them.</summary>
internal sealed record StageView(int Stage, ImmutableArray<int> Ranks, ImmutableArray<SegmentPlan> Segments, ImmutableArray<CheckedLayer> Layers)
{
    public static ImmutableArray<StageView> Of(ExecutionPlan plan) =>
    [
        .. plan.Ranks
            .SelectMany(rank => rank.Segments.Select(segment => segment.Stage).Distinct().Select(stage => (stage, rank.Rank)))
            .GroupBy(holder => holder.stage, holder => holder.Rank)
            .OrderBy(same => same.Key)
            .Select(same => Of(plan, same.Key, [.. same])),
    ];

    public long ParameterCount => Layers.Sum(layer => layer.ParameterCount);

    public long FlopsPerSample => Layers.Sum(layer => layer.FlopsPerSample);

    /// <summary>The layers outside it, or the model's input, whose values it reads.</summary>
    public ImmutableArray<int> Taken => [.. Segments.SelectMany(segment => segment.Inputs).Where(value => !Holds(value)).Distinct().Order()];

    /// <summary>Its layers whose values are read outside it.</summary>
    public ImmutableArray<int> Given => [.. Segments.SelectMany(segment => segment.Outputs)
        .Where(value => Segments.All(segment => segment.Holds(value) || !segment.Inputs.Contains(value)))
        .Distinct()
        .Order()];

    /// <summary>Whether the layer's activations are computed again in the backward pass.</summary>
    public bool Recomputes(CheckedLayer layer) => Segments.Any(segment => segment.IsRecomputed && segment.Holds(layer.Index));

    private bool Holds(int layer) => Segments.Any(segment => segment.Holds(layer));

    private static StageView Of(ExecutionPlan plan, int stage, ImmutableArray<int> ranks)
    {
        ImmutableArray<SegmentPlan> segments = [.. plan.Ranks[ranks[0]].Segments.Where(segment => segment.Stage == stage)];
        return new StageView(
            stage,
            ranks,
            segments,
            [.. plan.Program.Model.Layers.Where(layer => segments.Any(segment => segment.Holds(layer.Index)))]);
    }
}
