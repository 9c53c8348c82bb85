using System.Collections.Immutable;
using ParDsl.Compiler.Checked;
using ParDsl.Compiler.Planning.Programs;
using ParDsl.Compiler.Plans;

namespace ParDsl.Compiler.Planning;

/// <summary>
/// Cuts a rank's stages into segments: before the first layer of each bucket, where buckets are moved one by one, and into
/// runs where activations are computed again. Each cut costs a few microseconds, so there is none without a reason.
/// </summary>
internal sealed class SegmentCut(PlanContext context, ImmutableArray<GradientBucket> buckets, bool bucketsAreMoved)
{
    private readonly CheckedProgram program = context.Program;
    private readonly ModelFlow flow = context.Flow;

    public ImmutableArray<SegmentPlan> Cut(ImmutableArray<StageRange> stages)
    {
        var segments = ImmutableArray.CreateBuilder<SegmentPlan>();
        foreach (var stage in stages)
        {
            var starts = Starts(stage);
            for (var place = 0; place < starts.Length; place++)
            {
                var end = place + 1 < starts.Length ? starts[place + 1] : stage.End;
                segments.Add(Segment(segments.Count, stage, starts[place], end));
            }
        }

        return segments.ToImmutable();
    }

    private ImmutableArray<int> Starts(StageRange stage)
    {
        var starts = new SortedSet<int> { stage.FirstLayer };
        if (bucketsAreMoved)
            starts.UnionWith(BucketStarts(stage));
        if (program.Parallel.Recompute.IsWanted)
            starts.UnionWith(RecomputeRuns.Starts(program, flow, stage));
        if (context.IsCutByLayer)
            starts.UnionWith(Enumerable.Range(stage.FirstLayer, stage.LayerCount));
        return [.. starts];
    }

    /// <summary>The lowest bucket begins with the stage: layers before it have no parameters.</summary>
    private IEnumerable<int> BucketStarts(StageRange stage) => buckets
        .Select(bucket => bucket.Parameters.Min(parameter => parameter.LayerIndex))
        .Where(layer => layer >= stage.FirstLayer && layer < stage.End)
        .Order()
        .Skip(1);

    private SegmentPlan Segment(int index, StageRange stage, int first, int end)
    {
        ImmutableArray<int> inputs =
        [
            .. Enumerable.Range(first, end - first)
                .SelectMany(layer => program.Model.Layers[layer].Inputs)
                .Where(input => input < first)
                .Distinct()
                .Order(),
        ];
        return new SegmentPlan(
            index,
            stage.Stage,
            first,
            end - first,
            inputs,
            [.. inputs.Where(flow.IsDifferentiable)],
            [.. Enumerable.Range(first, end - first).Where(layer => flow.Readers(layer).Any(reader => reader >= end))],
            [.. buckets.Where(bucket => IsReadBy(bucket, first, end)).Select(bucket => bucket.Index)],
            program.Parallel.Recompute.IsWanted);
    }

    private bool IsReadBy(GradientBucket bucket, int first, int end) => program.Model.Layers
        .Skip(first)
        .Take(end - first)
        .SelectMany(HeldParameters.ReadBy)
        .Any(name => bucket.Parameters.Any(placed => placed.Parameter.Name == name));
}
