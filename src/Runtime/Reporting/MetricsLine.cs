using System.Collections.Immutable;
using System.Text.Json;
using ParDsl.Runtime.Training;

namespace ParDsl.Runtime.Reporting;

/// <summary>
/// In: an update, and the epoch that it ended, if it did. Out: its line of metrics.jsonl. A number that JSON cannot write
/// (NaN, an infinity) is null.
/// </summary>
internal static class MetricsLine
{
    public static byte[] Of(StepReport step, EpochReport? epoch)
    {
        using var text = new MemoryStream();
        using (var json = new Utf8JsonWriter(text))
        {
            json.WriteStartObject();
            WriteStep(json, step);
            if (epoch is not null)
                WriteEpoch(json, epoch);
            json.WriteEndObject();
        }

        text.WriteByte((byte)'\n');
        return text.ToArray();
    }

    private static void WriteStep(Utf8JsonWriter json, StepReport step)
    {
        json.WriteNumber("step", step.Step);
        json.WriteNumber("epoch", step.Epoch);
        WriteReal(json, "loss", step.Loss);
        WriteReal(json, "learning_rate", step.LearningRate);
        WriteReal(json, "samples_per_second", step.SamplesPerSecond);
        foreach (var (name, value) in step.Metrics)
            WriteReal(json, name, value);
    }

    private static void WriteEpoch(Utf8JsonWriter json, EpochReport epoch)
    {
        WriteGroup(json, "train", epoch.Train);
        if (!epoch.Validation.IsEmpty)
            WriteGroup(json, "validation", epoch.Validation);
    }

    private static void WriteGroup(Utf8JsonWriter json, string name, ImmutableSortedDictionary<string, double> values)
    {
        json.WriteStartObject(name);
        foreach (var (key, value) in values)
            WriteReal(json, key, value);
        json.WriteEndObject();
    }

    private static void WriteReal(Utf8JsonWriter json, string name, double value)
    {
        if (double.IsFinite(value))
            json.WriteNumber(name, value);
        else
            json.WriteNull(name);
    }
}
