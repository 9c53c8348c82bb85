using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.Json;
using static TorchSharp.torch;

namespace ParDsl.Runtime.Checkpoints;

/// <summary>state.json: all of a training state that is no tensor and no spec.</summary>
internal static class StateFile
{
    /// <summary>Grows when an older reader could no longer read what is written.</summary>
    public const int FormatVersion = 3;

    /// <summary>Of checkpoints in one part, which have not changed since.</summary>
    private const int OnePartVersion = 2;

    private static readonly ImmutableSortedDictionary<string, Tensor> NoTensors =
        ImmutableSortedDictionary<string, Tensor>.Empty.WithComparers(StringComparer.Ordinal);

    public static string Write(TrainingState state)
    {
        using var text = new MemoryStream();
        using (var json = new Utf8JsonWriter(text, new JsonWriterOptions { Indented = true, NewLine = "\n" }))
        {
            json.WriteStartObject();
            json.WriteNumber("format_version", state.PartCount == 1 ? OnePartVersion : FormatVersion);
            json.WriteNumber("step", state.Step);
            json.WriteNumber("epoch", state.Epoch);
            json.WriteNumber("data_position", state.DataPosition);
            json.WriteNumber("seed", state.Seed);
            json.WriteString("fingerprint", state.Fingerprint);
            json.WriteBoolean("evaluated", state.IsEvaluated);
            json.WriteBoolean("finished", state.IsFinished);
            if (state.PartCount > 1)
                json.WriteNumber("parts", state.PartCount);
            WriteTotals(json, state.EpochTotals);
            if (state.Best is { } best)
                WriteBest(json, best);
            if (state.LossScale is { } scale)
                WriteLossScale(json, scale);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(text.ToArray()) + "\n";
    }

    /// <summary>The version that a text says it has; null where it says none.</summary>
    public static int? VersionOf(JsonElement root) =>
        root.ValueKind == JsonValueKind.Object && root.TryGetProperty("format_version", out var version)
            && version.TryGetInt32(out var number)
            ? number
            : null;

    public static bool CanRead(int version) => version is OnePartVersion or FormatVersion;

    /// <summary>The state without its tensors, of a text of a version that can be read.</summary>
    /// <exception cref="FormatException">Something is missing, or of another kind.</exception>
    public static TrainingState Read(JsonElement root)
    {
        try
        {
            return ReadWhole(root);
        }
        catch (Exception cause) when (cause is KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw new FormatException("state.json is not as it was written", cause);
        }
    }

    private static TrainingState ReadWhole(JsonElement root) => new(
        root.GetProperty("step").GetInt64(),
        root.GetProperty("epoch").GetInt64(),
        root.GetProperty("seed").GetInt64(),
        root.GetProperty("fingerprint").GetString()!,
        root.GetProperty("data_position").GetInt64(),
        NoTensors,
        NoTensors)
    {
        IsEvaluated = root.GetProperty("evaluated").GetBoolean(),
        IsFinished = root.GetProperty("finished").GetBoolean(),
        PartCount = root.TryGetProperty("parts", out var parts) ? Math.Max(1, parts.GetInt32()) : 1,
        EpochTotals = ReadTotals(root.GetProperty("epoch_totals")),
        Best = root.TryGetProperty("best", out var best)
            ? new BestState(best.GetProperty("metric").GetString()!, ReadReal(best.GetProperty("value")), best.GetProperty("step").GetInt64())
            : null,
        LossScale = root.TryGetProperty("loss_scale", out var scale)
            ? new LossScaleState(
                scale.GetProperty("scale").GetDouble(),
                scale.GetProperty("steps_at_scale").GetInt64(),
                scale.GetProperty("skipped_steps").GetInt64())
            : null,
    };

    private static EpochState ReadTotals(JsonElement totals) => new(
        totals.GetProperty("samples").GetInt64(),
        totals.GetProperty("sums").EnumerateObject().ToImmutableSortedDictionary(
            sum => sum.Name, sum => ReadReal(sum.Value), StringComparer.Ordinal));

    private static void WriteTotals(Utf8JsonWriter json, EpochState totals)
    {
        json.WriteStartObject("epoch_totals");
        json.WriteNumber("samples", totals.SampleCount);
        json.WriteStartObject("sums");
        foreach (var (name, sum) in totals.Sums)
            WriteReal(json, name, sum);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteBest(Utf8JsonWriter json, BestState best)
    {
        json.WriteStartObject("best");
        json.WriteString("metric", best.Metric);
        WriteReal(json, "value", best.Value);
        json.WriteNumber("step", best.Step);
        json.WriteEndObject();
    }

    private static void WriteLossScale(Utf8JsonWriter json, LossScaleState scale)
    {
        json.WriteStartObject("loss_scale");
        json.WriteNumber("scale", scale.Scale);
        json.WriteNumber("steps_at_scale", scale.StepsAtScale);
        json.WriteNumber("skipped_steps", scale.SkippedSteps);
        json.WriteEndObject();
    }

    /// <summary>Bit for bit; what JSON has no number for is a text.</summary>
    private static void WriteReal(Utf8JsonWriter json, string name, double value)
    {
        if (double.IsFinite(value))
            json.WriteNumber(name, value);
        else
            json.WriteString(name, value.ToString(CultureInfo.InvariantCulture));
    }

    private static double ReadReal(JsonElement value) => value.ValueKind == JsonValueKind.String
        ? double.Parse(value.GetString()!, CultureInfo.InvariantCulture)
        : value.GetDouble();
}
