using System.Collections.Immutable;
using System.Globalization;
using ParDsl.Compiler.Checked;
using ParDsl.Compiler.Plans;
using ParDsl.Printing;

namespace ParDsl.Compiler.Printing;

/// <summary>
/// A plan as text for people and goldens: what runs where, how the batch is cut, what each rank holds and does, and which
/// bytes move. The same plan gives the same text on any machine.
/// </summary>
public static class PlanPrinter
{
    /// <param name="width">The columns of a terminal, which tables keep to.</param>
    public static string Print(ExecutionPlan plan, int width = TextFold.Unbounded)
    {
        var text = new TextPage(width);
        Header(text, plan);
        Candidates(text, plan);
        Devices(text, plan);
        Memory(text, plan);
        Split(text, plan);
        Layers(text, plan);
        Schedule(text, plan);
        Parameters(text, plan);
        Buckets(text, plan);
        Collectives(text, plan);
        Messages(text, plan);
        Traffic(text, plan);
        Actions(text, plan);
        return text.ToString();
    }

    private static void Header(TextPage text, ExecutionPlan plan)
    {
        var bytes = plan.ParameterCount * plan.Program.Training.Precision.ElementBytes();
        text.Line($"plan of {plan.Program.Name}: {plan.Strategy} on {plan.Hardware.Name}");
        foreach (var note in plan.Notes)
            text.Line($"  note: {note}");
        text.Line();
        text.Line($"batch       {BatchText.Cut(plan.Batch)}");
        text.Line($"parameters  {Count(plan.ParameterCount)} of {plan.Program.Training.Precision.Name()} = {ByteText.Of(bytes)}{Everywhere(plan)}");
        text.Line($"forward     {Count(plan.Program.Model.FlopsPerSample)} operations a sample");
        if (plan.Ranks.Length > 1)
            text.Line($"engine      {plan.Engine.Name}, since {plan.Engine.Reason}");
        if (plan.Prediction is { } prediction)
            text.Line($"predicted   {PredictionText.Of(plan, prediction)}");
    }

    private static void Candidates(TextPage text, ExecutionPlan plan)
    {
        if (plan.Candidates.IsEmpty)
            return;
        text.Table("layouts that were compared", PredictionText.CandidateHeader, PredictionText.Candidates(plan));
        foreach (var rejection in PredictionText.Rejections(plan))
            text.Line($"  not {rejection}");
    }

    private static void Devices(TextPage text, ExecutionPlan plan)
    {
        var (header, rows) = DeviceTable.Of(plan);
        text.Table("devices", header, rows);
    }

    private static void Memory(TextPage text, ExecutionPlan plan)
    {
        MemoryPart[] parts =
            [.. MemoryPart.All.Where(part => !part.IsOfFew || plan.Ranks.Any(rank => part.Bytes(rank.Memory) > 0))];
        foreach (var (ranks, memory) in RankFold.By(plan, rank => rank.Memory))
        {
            text.Table(
                $"memory of {RankFold.Words(ranks)}",
                [.. parts.Select(part => part.Name), "total"],
                [[.. parts.Select(part => ByteText.Of(part.Bytes(memory))), ByteText.Of(memory.TotalBytes)]]);
        }
    }

    private static void Split(TextPage text, ExecutionPlan plan)
    {
        if (SplitText.Rows(plan) is { } rows)
            text.Table(SplitText.Title(plan), SplitText.Header, rows);
    }

    private static void Layers(TextPage text, ExecutionPlan plan)
    {
        foreach (var (title, header, rows) in SegmentTables.Of(plan))
            text.Table(title, header, rows);
    }

    private static void Buckets(TextPage text, ExecutionPlan plan)
    {
        var shards = plan.Shard == ShardLevel.None ? 1 : plan.Batch.DataDegree;
        foreach (var (ranks, rows) in RankFold.Rows(plan, BucketRows))
            text.Table(
                $"gradient buckets of {RankFold.Words(ranks)}, in the order in which backward fills them",
                ["bucket", "elements", "bytes", "parameters", .. shards == 1 ? [] : (string[])["shard"]],
                rows);

        IEnumerable<string[]> BucketRows(RankPlan rank) => rank.Buckets.Select(bucket => (string[])
        [
            Number(bucket.Index),
            $"{bucket.ElementOffset}..{bucket.ElementOffset + bucket.ElementCount - 1}",
            ByteText.Of(bucket.ElementCount * plan.Program.Training.Precision.ElementBytes()),
            Number(bucket.Parameters.Length),
            .. shards == 1 ? [] : (string[])[$"1/{shards}, {Number(bucket.ElementCount / shards)} elements"],
        ]);
    }

    private static void Parameters(TextPage text, ExecutionPlan plan)
    {
        foreach (var (ranks, rows) in RankFold.Rows(plan, ParameterRows))
            text.Table(
                $"parameters in the flat buffer of {RankFold.Words(ranks)}",
                ["bucket", "offset", "elements", "parameter", "shape"],
                rows);

        static IEnumerable<string[]> ParameterRows(RankPlan rank) =>
            from bucket in rank.Buckets
            from placed in bucket.Parameters
            select (string[])
            [
                Number(bucket.Index),
                Number(placed.ElementOffset),
                Number(placed.Shape.ElementCount),
                placed.Parameter.Name,
                placed.Shape.ToString(),
            ];
    }

    private static void Collectives(TextPage text, ExecutionPlan plan)
    {
        if (plan.Groups.IsEmpty)
        {
            text.Line();
            text.Line("collectives: none, nothing is moved between devices");
            return;
        }

        var totals = CollectiveTotals.OfGroups(plan);
        var known = new Dictionary<ImmutableArray<CollectiveTotals>, string>();
        var tables = plan.Groups
            .Select(group => (group, rows: totals(group)))
            .Where(table => table.rows.Length > 0)
            .GroupBy(table => (Words: PlanNames.Group(table.group), Rows: RowsText(table.rows)));
        foreach (var same in tables)
        {
            var ranks = RankFold.Groups([.. same.Select(table => table.group)]);
            text.Table(
                $"collectives of an update over {same.Key.Words}: {ranks}",
                ["collective", "times", "bytes", "moved by each rank"],
                same.First().rows.Select(total => (string[])
                [
                    total.What,
                    Number(total.Times),
                    Number(total.Bytes),
                    ByteText.Of(total.MovedBytes),
                ]));
        }

        text.Line("  of S bytes over n ranks, an all-reduce moves 2(n-1)/n S on each rank, a reduce-scatter (n-1)/n S, "
            + "an all-gather (n-1) S");

        string RowsText(ImmutableArray<CollectiveTotals> rows)
        {
            if (!known.TryGetValue(rows, out var words))
                known.Add(rows, words = string.Join('\n', rows));
            return words;
        }
    }

    private static void Messages(TextPage text, ExecutionPlan plan)
    {
        var messages = MessageTotals.InReplicas(plan).ToArray();
        if (messages.Length > 0)
            text.Table(
                "messages of an update between stages",
                ["from", "to", "what", "times", "bytes in all"],
                messages.Select(message => (string[])
                [
                    RankFold.Words(message.From),
                    RankFold.Words(message.To),
                    (message.First.IsGradient ? "gradient of " : "") + PlanNames.Layer(plan, message.First.Value),
                    Number(message.First.Times),
                    ByteText.Of(message.First.Bytes),
                ]));
    }

    /// <summary>All of the above together, to the byte.</summary>
    private static void Traffic(TextPage text, ExecutionPlan plan)
    {
        if (plan.Groups.IsEmpty)
            return;
        text.Table(
            "bytes that an update moves, of a whole batch",
            ["by", "collectives", "messages received", "in all"],
            RankFold.By(plan, UpdateTraffic.OfRanks(plan)).Select(same => (string[])
            [
                RankFold.Words(same.Ranks),
                Number(same.Value.CollectiveBytes),
                Number(same.Value.MessageBytes),
                Number(same.Value.TotalBytes),
            ]));
    }

    private static void Schedule(TextPage text, ExecutionPlan plan)
    {
        if (ScheduleText.Of(plan, text.Width) is not { } schedule)
            return;
        text.Line();
        text.Lines(schedule);
    }

    private static void Actions(TextPage text, ExecutionPlan plan)
    {
        // Replicas that could change places have the same words, since peers and groups are told by their axes.
        var alike = AlikeReplicas.Of(plan);
        foreach (var (ranks, actions) in RankFold.By(plan, rank => alike.StandIn(rank).Rank, rank => RankActionsText.Of(plan, rank)))
        {
            text.Line();
            text.Line($"{RankFold.Words(ranks)}:");
            text.Lines(actions);
        }
    }

    private static string Everywhere(ExecutionPlan plan) =>
        plan.Ranks.Length == plan.Batch.DataDegree && plan.Shard != ShardLevel.Parameters ? " on each rank" : " in all";

    private static string Count(long number) => number.ToString("N0", CultureInfo.InvariantCulture);

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);
}
