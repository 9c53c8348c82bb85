using System.Collections.Immutable;
using System.Globalization;
using ParDsl.Compiler.Plans;

namespace ParDsl.Compiler.Printing;

/// <summary>
/// Which layers a rank takes in one go: a table of the stages, or where a stage is cut further one of each rank's segments.
/// </summary>
internal static class SegmentTables
{
    /// <summary>A rank that takes the whole model in one go has nothing to say of it.</summary>
    public static IEnumerable<(string Title, string[] Header, IEnumerable<string[]> Rows)> Of(ExecutionPlan plan)
    {
        if (plan.Ranks.Any(rank => rank.Segments.Length > 1))
            return Segments(plan);
        return plan.Mesh.Degree(MeshAxis.Pipeline) > 1 ? [Stages(plan)] : [];
    }

    private static (string Title, string[] Header, IEnumerable<string[]> Rows) Stages(ExecutionPlan plan) => (
        "stages",
        ["stage", "held by", "layers", "reads", "gives", "operations a sample"],
        RankFold.By(plan, rank => rank.Segments[0].Stage).OrderBy(same => same.Value).Select(same => (string[])
        [
            Number(same.Value),
            RankFold.Words(same.Ranks),
            .. Borders(plan, plan.Ranks[same.Ranks[0]].Segments[0]),
            Operations(plan, plan.Ranks[same.Ranks[0]].Segments[0]),
        ]));

    private static IEnumerable<(string Title, string[] Header, IEnumerable<string[]> Rows)> Segments(ExecutionPlan plan) =>
        RankFold.Rows(plan, rank => rank.Segments.Select(segment => Row(plan, segment))).Select(same => (
            $"segments of {RankFold.Words(same.Ranks)}",
            (string[])["segment", "stage", "layers", "reads", "gives", "buckets", "operations a sample"],
            (IEnumerable<string[]>)same.Rows));

    private static string[] Row(ExecutionPlan plan, SegmentPlan segment) =>
    [
        Number(segment.Index),
        Number(segment.Stage),
        .. Borders(plan, segment),
        segment.Buckets.IsEmpty ? "-" : string.Join(' ', segment.Buckets.Select(bucket => Number(bucket))),
        Operations(plan, segment),
    ];

    /// <summary>Its layers, what they read and what they give to others.</summary>
    private static string[] Borders(ExecutionPlan plan, SegmentPlan segment)
    {
        var first = PlanNames.Layer(plan, segment.FirstLayer);
        var range = segment.LayerCount == 1
            ? first
            : $"{first} .. {PlanNames.Layer(plan, segment.FirstLayer + segment.LayerCount - 1)}";
        return
        [
            segment.IsRecomputed ? $"{range}, recomputed" : range,
            Values(plan, segment.Inputs),
            segment.Holds(plan.Program.Model.Layers.Length - 1) ? "the loss" : Values(plan, segment.Outputs),
        ];
    }

    private static string Operations(ExecutionPlan plan, SegmentPlan segment) =>
        Count(plan.Program.Model.Layers.Where(layer => segment.Holds(layer.Index)).Sum(layer => layer.FlopsPerSample));

    private static string Values(ExecutionPlan plan, ImmutableArray<int> values) =>
        values.IsEmpty ? "-" : string.Join(", ", values.Select(value => PlanNames.Layer(plan, value)));

    private static string Count(long number) => number.ToString("N0", CultureInfo.InvariantCulture);

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);
}
