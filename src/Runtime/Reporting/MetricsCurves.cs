using System.Collections.Immutable;
using System.Text.Json;
using ParDsl.Compiler.Printing.Pages.Runs;

namespace ParDsl.Runtime.Reporting;

/// <summary>In: metrics.jsonl, of all processes of a run. Out: its curves. Lines that are none are left out.</summary>
internal sealed class MetricsCurves
{
    private const string Loss = "loss";
    private const string Rate = "learning_rate";
    private const string Speed = "samples_per_second";

    /// <summary>What ends an epoch is never left out.</summary>
    private const string EpochMark = "\"train\":{";

    /// <summary>Of a longer file, lines of updates are taken evenly: a chart shows no more, and a run's end waits for this.</summary>
    private const long ReadWhole = 4 << 20;

    /// <summary>By name of the number; the order is that of the file.</summary>
    private readonly OrderedDictionary<string, Dictionary<CurveKind, List<CurvePoint>>> curves = [];

    private MetricsCurves()
    {
    }

    public static ImmutableArray<Curve> Read(string path)
    {
        var reader = new MetricsCurves();
        var stride = (new FileInfo(path).Length / ReadWhole) + 1;
        foreach (var (place, line) in File.ReadLines(path).Index())
        {
            if (place % stride == 0 || line.Contains(EpochMark, StringComparison.Ordinal))
                reader.Add(line);
        }

        return reader.Curves();
    }

    private ImmutableArray<Curve> Curves() =>
    [
        .. curves.Where(curve => curve.Key == Loss).Select(Curve),
        .. curves.Where(curve => curve.Key is not (Loss or Rate or Speed)).Select(Curve),
        .. curves.Where(curve => curve.Key is Rate or Speed).Select(Curve),
    ];

    private static Curve Curve(KeyValuePair<string, Dictionary<CurveKind, List<CurvePoint>>> curve) => new(
        curve.Key.Replace('_', ' '),
        [.. curve.Value.OrderBy(line => line.Key).Select(line => new CurveLine(Name(line.Key), line.Key, [.. line.Value]))]);

    private static string Name(CurveKind kind) => kind switch
    {
        CurveKind.Training => "training",
        CurveKind.Validation => "validation",
        _ => "each update",
    };

    private void Add(string line)
    {
        try
        {
            using var json = JsonDocument.Parse(line);
            Add(json.RootElement, json.RootElement.GetProperty("step").GetInt64());
        }
        catch (Exception cause) when (cause is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            // A line that another program wrote, or a disk tore.
        }
    }

    private void Add(JsonElement entry, long update)
    {
        foreach (var member in entry.EnumerateObject())
        {
            switch (member)
            {
                case { Name: "step" or "epoch" }: break;
                case { Name: "train", Value.ValueKind: JsonValueKind.Object }:
                    Add(member.Value, update, CurveKind.Training);
                    break;
                case { Name: "validation", Value.ValueKind: JsonValueKind.Object }:
                    Add(member.Value, update, CurveKind.Validation);
                    break;
                default: Add(member, update, CurveKind.Updates); break;
            }
        }
    }

    private void Add(JsonElement means, long update, CurveKind kind)
    {
        foreach (var member in means.EnumerateObject())
            Add(member, update, kind);
    }

    /// <summary>What is no number, NaN for one, leaves a gap.</summary>
    private void Add(JsonProperty member, long update, CurveKind kind)
    {
        if (member.Value.ValueKind != JsonValueKind.Number)
            return;
        if (!curves.TryGetValue(member.Name, out var lines))
            curves.Add(member.Name, lines = []);
        if (!lines.TryGetValue(kind, out var points))
            lines.Add(kind, points = []);
        points.Add(new CurvePoint(update, member.Value.GetDouble()));
    }
}
