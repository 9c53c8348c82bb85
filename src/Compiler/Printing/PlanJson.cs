using System.Buffers;
using System.Collections.Immutable;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using ParDsl.Compiler.Checked;
using ParDsl.Compiler.Plans;

namespace ParDsl.Compiler.Printing;

/// <summary>A plan as one JSON object on one line, with what the text says: <c>"event": "plan"</c>.</summary>
public static class PlanJson
{
    /// <summary>With more, a line would have gigabytes: an action has about a hundred characters.</summary>
    private const long MostActions = 2_000_000;

    /// <summary>The line is read by programs and people, never put into a web page: backticks stay what they are.</summary>
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Write(ExecutionPlan plan) => Write(plan, MostActions);

    /// <param name="mostActions">Of more than so many actions in all lists, alike replicas are said once.</param>
    internal static string Write(ExecutionPlan plan, long mostActions)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, Options))
        {
            json.WriteStartObject();
            Header(json, plan);
            Array(json, "notes", plan.Notes, json.WriteStringValue);
            var traffic = UpdateTraffic.OfRanks(plan);
            Array(json, "devices", plan.Ranks, rank => Device(json, plan, rank, traffic(rank)));
            var totals = CollectiveTotals.OfGroups(plan);
            Array(json, "groups", plan.Groups, group => Group(json, group, totals(group)));
            Array(json, "messages", MessageTotals.Of(plan), message => Message(json, message));
            if (plan.Ranks.Sum(rank => rank.ActionCount) > mostActions)
                Array(json, "actions", Alike(plan), same => Actions(json, [same.Rank.Rank], same.Rank, same.Others));
            else
                Array(
                    json,
                    "actions",
                    RankFold.By(plan, rank => (rank.Update, rank.Compare, rank.Evaluate), Words),
                    same => Actions(json, same.Ranks, plan.Ranks[same.Ranks[0]], []));
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    /// <summary>A rank, and those that do the same with the groups and peers at their own places.</summary>
    private static IEnumerable<(RankPlan Rank, ImmutableArray<int> Others)> Alike(ExecutionPlan plan)
    {
        var alike = AlikeReplicas.Of(plan);
        return plan.Ranks
            .GroupBy(rank => alike.StandIn(rank).Rank, rank => rank.Rank)
            .Select(same => (plan.Ranks[same.Key], same.Where(rank => rank != same.Key).ToImmutableArray()));
    }

    /// <summary>All that a rank does, in words that tell two actions apart.</summary>
    private static string Words(RankPlan rank) =>
        string.Join('\n', rank.Update.Concat(rank.Compare).Concat(rank.Evaluate).Select(ActionText.Of));

    private static void Header(Utf8JsonWriter json, ExecutionPlan plan)
    {
        json.WriteString("event", "plan");
        json.WriteString("name", plan.Program.Name);
        json.WriteString("strategy", plan.Strategy);
        json.WriteString("hardware", plan.Hardware.Name);
        json.WriteNumber("ranks", plan.Ranks.Length);
        json.WriteNumber("parameters", plan.ParameterCount);
        json.WriteNumber("parameter_bytes", plan.ParameterCount * plan.Program.Training.Precision.ElementBytes());
        json.WriteNumber("flops_per_sample", plan.Program.Model.FlopsPerSample);
        json.WriteStartObject("engine");
        json.WriteString("name", plan.Engine.Name);
        json.WriteString("reason", plan.Engine.Reason);
        json.WriteEndObject();
        json.WriteStartObject("batch");
        json.WriteNumber("global", plan.Batch.GlobalBatch);
        json.WriteNumber("micro_batches", plan.Batch.MicroBatchCount);
        json.WriteNumber("data", plan.Batch.DataDegree);
        json.WriteNumber("rank_micro_batch", plan.Batch.RankMicroBatch);
        json.WriteEndObject();
        PredictionJson.Write(json, plan);
    }

    private static void Device(Utf8JsonWriter json, ExecutionPlan plan, RankPlan rank, UpdateTraffic traffic)
    {
        json.WriteStartObject();
        json.WriteNumber("rank", rank.Rank);
        Array(json, "coordinates", rank.Coordinates, json.WriteNumberValue);
        if (!plan.Hardware.Machines.IsEmpty)
            json.WriteString("machine", plan.Hardware.Machines[rank.Device.Machine].Name);
        json.WriteString("device", rank.Device.Name);
        json.WriteString("kind", rank.Device.Kind == Hardware.DeviceKind.Cuda ? "cuda" : "virtual_cpu");
        json.WriteNumber("index", rank.Device.Index);
        json.WriteNumber("threads", rank.Device.Threads);
        json.WriteNumber("memory_bytes", rank.Device.MemoryBytes);
        Array(json, "segments", rank.Segments, segment => Segment(json, segment));
        Array(json, "buckets", rank.Buckets, bucket => Bucket(json, plan, bucket));
        json.WriteStartObject("needs");
        foreach (var part in MemoryPart.All)
            json.WriteNumber(part.Key, part.Bytes(rank.Memory));
        json.WriteNumber("total", rank.Memory.TotalBytes);
        json.WriteEndObject();
        json.WriteNumber("moved_bytes", traffic.TotalBytes);
        json.WriteEndObject();
    }

    private static void Segment(Utf8JsonWriter json, SegmentPlan segment)
    {
        json.WriteStartObject();
        json.WriteNumber("segment", segment.Index);
        json.WriteNumber("stage", segment.Stage);
        json.WriteNumber("first_layer", segment.FirstLayer);
        json.WriteNumber("layers", segment.LayerCount);
        Array(json, "reads", segment.Inputs, json.WriteNumberValue);
        Array(json, "gives", segment.Outputs, json.WriteNumberValue);
        Array(json, "buckets", segment.Buckets, json.WriteNumberValue);
        json.WriteBoolean("recomputed", segment.IsRecomputed);
        json.WriteEndObject();
    }

    private static void Message(Utf8JsonWriter json, MessageTotals message)
    {
        json.WriteStartObject();
        json.WriteNumber("from", message.From);
        json.WriteNumber("to", message.To);
        json.WriteString("what", $"{(message.IsGradient ? "gradient" : "value")} {message.Value}");
        json.WriteNumber("times", message.Times);
        json.WriteNumber("bytes", message.Bytes);
        json.WriteEndObject();
    }

    private static void Bucket(Utf8JsonWriter json, ExecutionPlan plan, GradientBucket bucket)
    {
        json.WriteStartObject();
        json.WriteNumber("bucket", bucket.Index);
        json.WriteNumber("offset", bucket.ElementOffset);
        json.WriteNumber("elements", bucket.ElementCount);
        json.WriteNumber("bytes", bucket.ElementCount * plan.Program.Training.Precision.ElementBytes());
        Array(json, "parameters", bucket.Parameters, placed => Parameter(json, placed));
        json.WriteEndObject();
    }

    private static void Parameter(Utf8JsonWriter json, PlacedParameter placed)
    {
        json.WriteStartObject();
        json.WriteString("name", placed.Parameter.Name);
        json.WriteNumber("offset", placed.ElementOffset);
        Array(json, "shape", placed.Shape.Sizes, json.WriteNumberValue);
        json.WriteEndObject();
    }

    private static void Group(Utf8JsonWriter json, GroupPlan group, ImmutableArray<CollectiveTotals> totals)
    {
        json.WriteStartObject();
        json.WriteNumber("group", group.Index);
        json.WriteString("name", group.Name);
        Array(json, "ranks", group.Ranks, json.WriteNumberValue);
        Array(json, "collectives", totals, total =>
        {
            json.WriteStartObject();
            json.WriteString("collective", total.What);
            json.WriteNumber("times", total.Times);
            json.WriteNumber("bytes", total.Bytes);
            json.WriteNumber("moved_bytes", total.MovedBytes);
            json.WriteEndObject();
        });
        json.WriteEndObject();
    }

    /// <param name="alike">Other ranks whose lists are not written, since these ones stand for them.</param>
    private static void Actions(Utf8JsonWriter json, ImmutableArray<int> ranks, RankPlan plan, ImmutableArray<int> alike)
    {
        json.WriteStartObject();
        Array(json, "ranks", ranks, json.WriteNumberValue);
        if (!alike.IsEmpty)
            Array(json, "alike", alike, json.WriteNumberValue);
        Array(json, "update", plan.Update.Select(ActionText.Of), json.WriteStringValue);
        Array(json, "compare", plan.Compare.Select(ActionText.Of), json.WriteStringValue);
        Array(json, "evaluate", plan.Evaluate.Select(ActionText.Of), json.WriteStringValue);
        json.WriteEndObject();
    }

    private static void Array<T>(Utf8JsonWriter json, string name, IEnumerable<T> items, Action<T> write)
    {
        json.WriteStartArray(name);
        foreach (var item in items)
            write(item);
        json.WriteEndArray();
    }
}
