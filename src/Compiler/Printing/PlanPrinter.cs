using System.Globalization;
using System.Text;
using ParDsl.Compiler.Checked;
using ParDsl.Compiler.Plans;

namespace ParDsl.Compiler.Printing;

/// <summary>
/// A plan as text for people and goldens: what runs where, how the batch is cut, what each rank holds and does, and which
/// bytes move. The same plan gives the same text on any machine.
/// </summary>
public static class PlanPrinter
{
    public static string Print(ExecutionPlan plan)
    {
        var text = new StringBuilder();
        Header(text, plan);
        Devices(text, plan);
        Memory(text, plan);
        Parameters(text, plan);
        Buckets(text, plan);
        Collectives(text, plan);
        Actions(text, plan);
        return text.ToString();
    }

    private static void Header(StringBuilder text, ExecutionPlan plan)
    {
        var bytes = plan.ParameterCount * plan.Program.Training.Precision.ElementBytes();
        Line(text, $"plan of {plan.Program.Name}: {plan.Strategy} on {plan.Hardware.Name}");
        foreach (var note in plan.Notes)
            Line(text, $"  note: {note}");
        Line(text);
        Line(text, $"batch       {BatchText.Cut(plan.Batch)}");
        Line(text, $"parameters  {Count(plan.ParameterCount)} of {PrecisionName(plan)} = {ByteText.Of(bytes)} on each rank");
        Line(text, $"forward     {Count(plan.Program.Model.FlopsPerSample)} operations a sample");
    }

    private static void Devices(StringBuilder text, ExecutionPlan plan) => Table(
        text,
        "devices",
        ["rank", .. plan.Mesh.Axes.Select(axis => axis.Name), "device", "threads", "memory"],
        plan.Ranks.Select(rank => (string[])
        [
            Number(rank.Rank),
            .. rank.Coordinates.Select(coordinate => Number(coordinate)),
            rank.Device.Name,
            Number(rank.Device.Threads),
            ByteText.Of(rank.Device.MemoryBytes),
        ]));

    private static void Memory(StringBuilder text, ExecutionPlan plan)
    {
        foreach (var (ranks, memory) in RankFold.By(plan, rank => rank.Memory))
        {
            string[] header = ["parameters", "gradients", "optimizer", "buffers", "kept for backward", "total"];
            Table(text, $"memory of {RankFold.Words(ranks)}", header, [
                [
                    ByteText.Of(memory.ParameterBytes),
                    ByteText.Of(memory.GradientBytes),
                    ByteText.Of(memory.OptimizerBytes),
                    ByteText.Of(memory.BufferBytes),
                    $"at most {ByteText.Of(memory.ActivationBytes)}",
                    ByteText.Of(memory.TotalBytes),
                ],
            ]);
        }
    }

    private static void Buckets(StringBuilder text, ExecutionPlan plan) => Table(
        text,
        "gradient buckets, in the order in which backward fills them",
        ["bucket", "elements", "bytes", "parameters"],
        plan.Buckets.Select(bucket => (string[])
        [
            Number(bucket.Index),
            $"{bucket.ElementOffset}..{bucket.ElementOffset + bucket.ElementCount - 1}",
            ByteText.Of(bucket.ElementCount * plan.Program.Training.Precision.ElementBytes()),
            Number(bucket.Parameters.Length),
        ]));

    private static void Parameters(StringBuilder text, ExecutionPlan plan) => Table(
        text,
        "parameters in the flat buffer",
        ["bucket", "offset", "elements", "parameter", "shape"],
        from bucket in plan.Buckets
        from placed in bucket.Parameters
        select (string[])
        [
            Number(bucket.Index),
            Number(placed.ElementOffset),
            Number(placed.Parameter.Shape.ElementCount),
            placed.Parameter.Name,
            placed.Parameter.Shape.ToString(),
        ]);

    private static void Collectives(StringBuilder text, ExecutionPlan plan)
    {
        if (plan.Groups.IsEmpty)
        {
            Line(text);
            Line(text, "collectives: none, nothing is moved between devices");
            return;
        }

        foreach (var group in plan.Groups)
        {
            Table(
                text,
                $"collectives of an update in group `{group.Name}`, {RankFold.Words(group.Ranks)}",
                ["collective", "times", "bytes", "moved by each rank"],
                CollectiveTotals.Of(plan, group).Select(total => (string[])
                [
                    total.What,
                    Number(total.Times),
                    Number(total.Bytes),
                    ByteText.Of(total.MovedBytes),
                ]));
            Line(text, "  of S bytes over n ranks, an all-reduce moves 2(n-1)/n S on each rank, an all-gather (n-1) S");
        }
    }

    private static void Actions(StringBuilder text, ExecutionPlan plan)
    {
        foreach (var (ranks, actions) in RankFold.By(plan, ActionText.Of))
        {
            Line(text);
            Line(text, $"{RankFold.Words(ranks)}:");
            text.Append(actions);
        }
    }

    private static void Table(StringBuilder text, string title, string[] header, IEnumerable<string[]> rows)
    {
        Line(text);
        Line(text, title);
        text.Append(TextTable.Of(header, [.. rows]));
    }

    private static string PrecisionName(ExecutionPlan plan) => plan.Program.Training.Precision switch
    {
        Precision.Float32 => "float32",
        Precision.Float64 => "float64",
        var other => throw new ArgumentOutOfRangeException(nameof(plan), other, null),
    };

    private static string Count(long number) => number.ToString("N0", CultureInfo.InvariantCulture);

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static void Line(StringBuilder text, string line = "") => text.Append(line).Append('\n');
}
