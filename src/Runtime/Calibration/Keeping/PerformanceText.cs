using System.Collections.Immutable;
using System.Text.Json;
using ParDsl.Compiler.Checked;
using ParDsl.Compiler.Hardware.Performance;

namespace ParDsl.Runtime.Calibration.Keeping;

/// <summary>
/// The figures of a calibration in JSON: a curve is a list of [size, rate]. Each is finite and above 0, sizes grow, and so do
/// the numbers of ranks.
/// </summary>
internal static class PerformanceText
{
    public static void Write(Utf8JsonWriter json, HardwarePerformance performance)
    {
        json.WriteStartArray("shares");
        foreach (var share in performance.Shares)
            WriteShare(json, share);
        json.WriteEndArray();
        WriteLink(json, "between_machines", performance.BetweenMachines);
        PanelText.Write(json, performance.Panels);
    }

    public static HardwarePerformance Read(JsonElement root, string origin)
    {
        var shares = root.GetProperty("shares").EnumerateArray().Select(ReadShare).ToImmutableArray();
        Require(!shares.IsEmpty && IsGrowing(shares.Select(share => (double)share.Ranks)) && shares[0].Ranks >= 0);
        return new HardwarePerformance(origin, shares, ReadLink(root.GetProperty("between_machines")))
        {
            Panels = PanelText.Read(root.GetProperty("panels")),
        };
    }

    private static void WriteShare(Utf8JsonWriter json, SharedPerformance share)
    {
        json.WriteStartObject();
        json.WriteNumber("ranks", share.Ranks);
        WriteRates(json, "products", share.Device.Products);
        WriteRates(json, "convolutions", share.Device.Convolutions);
        WriteCurve(json, "memory", share.Device.Memory);
        WriteCurve(json, "updates", share.Device.Updates);
        json.WriteNumber("specials_per_second", share.Device.SpecialsPerSecond);
        json.WriteNumber("operation_seconds", share.Device.OperationSeconds);
        json.WriteNumber("attention_share", share.Device.AttentionShare);
        WriteLink(json, "link", share.Link);
        WriteLayers(json, share.Device.Layers);
        json.WriteEndObject();
    }

    private static SharedPerformance ReadShare(JsonElement share) => new(
        share.GetProperty("ranks").GetInt32(),
        new DevicePerformance(
            ReadRates(share.GetProperty("products")),
            ReadRates(share.GetProperty("convolutions")),
            ReadCurve(share.GetProperty("memory")),
            Figure(share.GetProperty("specials_per_second")),
            Figure(share.GetProperty("operation_seconds")))
        {
            Updates = ReadCurve(share.GetProperty("updates")),
            AttentionShare = Figure(share.GetProperty("attention_share")),
            Layers = ReadLayers(share.GetProperty("layers")),
        },
        ReadLink(share.GetProperty("link")));

    private static void WriteRates(Utf8JsonWriter json, string name, PrecisionRates rates)
    {
        json.WriteStartObject(name);
        foreach (var precision in Enum.GetValues<Precision>())
            WriteCurve(json, Key(precision), rates.Of(precision));
        json.WriteEndObject();
    }

    private static PrecisionRates ReadRates(JsonElement rates)
    {
        return new PrecisionRates(
            Of(Precision.Float64), Of(Precision.Float32), Of(Precision.BFloat16), Of(Precision.Float16));

        RateCurve Of(Precision precision) => ReadCurve(rates.GetProperty(Key(precision)));
    }

    private static void WriteCurve(Utf8JsonWriter json, string name, RateCurve curve)
    {
        json.WriteStartArray(name);
        foreach (var point in curve.Points)
        {
            json.WriteStartArray();
            json.WriteNumberValue(point.Size);
            json.WriteNumberValue(point.PerSecond);
            json.WriteEndArray();
        }

        json.WriteEndArray();
    }

    private static RateCurve ReadCurve(JsonElement curve)
    {
        var points = curve.EnumerateArray().Select(ReadPoint).ToImmutableArray();
        Require(!points.IsEmpty && IsGrowing(points.Select(point => point.Size)));
        return new RateCurve(points);
    }

    private static RatePoint ReadPoint(JsonElement point)
    {
        Require(point.GetArrayLength() == 2);
        return new RatePoint(Figure(point[0]), Figure(point[1]));
    }

    private static void WriteLink(Utf8JsonWriter json, string name, LinkPerformance link)
    {
        json.WriteStartObject(name);
        json.WriteNumber("bytes_per_second", link.BytesPerSecond);
        json.WriteNumber("latency_seconds", link.LatencySeconds);
        json.WriteNumber("hand_over_seconds", link.HandOverSeconds);
        json.WriteNumber("message_seconds", link.MessageSeconds);
        json.WriteEndObject();
    }

    private static LinkPerformance ReadLink(JsonElement link) =>
        new(Figure(link.GetProperty("bytes_per_second")), Figure(link.GetProperty("latency_seconds")))
        {
            HandOverSeconds = FigureOrZero(link.GetProperty("hand_over_seconds")),
            MessageSeconds = FigureOrZero(link.GetProperty("message_seconds")),
        };

    /// <summary>Each layer's list of [samples, seconds forward, seconds backward].</summary>
    private static void WriteLayers(Utf8JsonWriter json, LayerSpeeds layers)
    {
        json.WriteStartObject("layers");
        foreach (var (layer, speeds) in layers.ByLayer)
        {
            json.WriteStartArray(layer);
            foreach (var speed in speeds)
            {
                json.WriteStartArray();
                json.WriteNumberValue(speed.Samples);
                json.WriteNumberValue(speed.ForwardSeconds);
                json.WriteNumberValue(speed.BackwardSeconds);
                json.WriteEndArray();
            }

            json.WriteEndArray();
        }

        json.WriteEndObject();
    }

    private static LayerSpeeds ReadLayers(JsonElement layers) => new(layers.EnumerateObject().ToImmutableSortedDictionary(
        layer => layer.Name, layer => ReadSpeeds(layer.Value), StringComparer.Ordinal));

    private static ImmutableArray<LayerSpeed> ReadSpeeds(JsonElement speeds)
    {
        var read = speeds.EnumerateArray().Select(ReadSpeed).ToImmutableArray();
        Require(!read.IsEmpty && read[0].Samples > 0 && IsGrowing(read.Select(speed => (double)speed.Samples)));
        return read;
    }

    private static LayerSpeed ReadSpeed(JsonElement speed)
    {
        Require(speed.GetArrayLength() == 3);
        return new LayerSpeed(speed[0].GetInt32(), FigureOrZero(speed[1]), FigureOrZero(speed[2]));
    }

    private static string Key(Precision precision) => precision.ToString().ToLowerInvariant();

    private static double FigureOrZero(JsonElement value) => value.GetDouble() == 0 ? 0 : Figure(value);

    private static double Figure(JsonElement value)
    {
        var figure = value.GetDouble();
        Require(double.IsFinite(figure) && figure > 0);
        return figure;
    }

    private static bool IsGrowing(IEnumerable<double> values) =>
        values.Zip(values.Skip(1)).All(pair => pair.First < pair.Second);

    private static void Require(bool holds)
    {
        if (!holds)
            throw new FormatException("a calibration has a figure that no machine has");
    }
}
