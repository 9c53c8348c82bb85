using System.Buffers;
using System.Collections.Immutable;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using ParDsl.Compiler.Comparing;

namespace ParDsl.Compiler.Printing;

/// <summary>A comparison of two plans as one JSON object on one line: <c>"event": "diff"</c>.</summary>
public static class ComparisonJson
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Write(PlanComparison comparison, string before, string after)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, Options))
        {
            json.WriteStartObject();
            json.WriteString("event", "diff");
            json.WriteString("before", before);
            json.WriteString("after", after);
            json.WriteBoolean("same_learning", comparison.Learning.IsEmpty);
            json.WriteBoolean("same_execution", comparison.Execution.IsEmpty);
            Part(json, "learning", comparison.Learning);
            Part(json, "watching", comparison.Watching);
            Part(json, "execution", comparison.Execution);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    /// <summary>What only one of the two has is null on the other's side.</summary>
    private static void Part(Utf8JsonWriter json, string name, ImmutableArray<Difference> found)
    {
        json.WriteStartArray(name);
        foreach (var difference in found)
        {
            json.WriteStartObject();
            json.WriteString("what", difference.What.Trim());
            Text(json, "before", difference.Before);
            Text(json, "after", difference.After);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void Text(Utf8JsonWriter json, string name, string text)
    {
        if (text.Length == 0)
            json.WriteNull(name);
        else
            json.WriteString(name, text);
    }
}
