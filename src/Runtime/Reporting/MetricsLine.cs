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
    /// <summary>The name of an epoch's results over its training samples.</summary>
    public const string Train = "train";

    /// <summary>What every line ends with.</summary>
    public static ReadOnlySpan<byte> End => "}\n"u8;

    public static byte[] Of(StepReport step, EpochReport? epoch) => Line(json =>
    {
        WriteStep(json, step);
        if (epoch is not null)
            WriteEpoch(json, epoch);
    });

    /// <summary>An epoch's results alone, under the number of its last update.</summary>
    public static byte[] Of(EpochReport epoch) => Line(json =>
    {
        json.WriteNumber("step", epoch.Step);
        json.WriteNumber("epoch", epoch.Epoch);
        WriteEpoch(json, epoch);
    });

    /// <summary>What takes the place of the <see cref="End"/> of the line of an epoch's last update, to give it the results.</summary>
    public static byte[] Results(EpochReport epoch)
    {
        var results = Line(json => WriteEpoch(json, epoch));
        results[0] = (byte)','; // in the place of the brace
        return results;
    }

    private static byte[] Line(Action<Utf8JsonWriter> write)
    {
        using var text = new MemoryStream();
        using (var json = new Utf8JsonWriter(text))
        {
            json.WriteStartObject();
            write(json);
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
        WriteGroup(json, Train, epoch.Train);
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
