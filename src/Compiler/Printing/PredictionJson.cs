using System.Text.Json;
using ParDsl.Compiler.Costs;
using ParDsl.Compiler.Plans;

namespace ParDsl.Compiler.Printing;

/// <summary>The predicted time and the compared layouts of a plan, as members of its JSON object.</summary>
internal static class PredictionJson
{
    public static void Write(Utf8JsonWriter json, ExecutionPlan plan)
    {
        if (plan.Prediction is { } prediction)
        {
            json.WriteStartObject("prediction");
            json.WriteNumber("step_seconds", prediction.Seconds);
            json.WriteNumber("samples_per_second", plan.Batch.GlobalBatch / prediction.Seconds);
            json.WriteString("mostly", prediction.Binding);
            json.WriteString("origin", prediction.Origin);
            json.WriteEndObject();
        }

        if (plan.Candidates.IsEmpty)
            return;
        json.WriteStartArray("candidates");
        foreach (var candidate in plan.Candidates)
            Write(json, candidate);
        json.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter json, LayoutCandidate candidate)
    {
        json.WriteStartObject();
        json.WriteString("layout", candidate.Layout);
        if (candidate.StepSeconds is { } seconds)
            json.WriteNumber("step_seconds", seconds);
        if (candidate.Rejection.Length > 0)
        {
            json.WriteString("rejection", candidate.Rejection);
        }
        else
        {
            json.WriteNumber("memory_bytes", candidate.MemoryBytes);
            json.WriteString("mostly", candidate.Binding);
        }

        json.WriteEndObject();
    }
}
