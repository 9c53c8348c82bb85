using System.Globalization;
using System.Text;
using System.Text.Json;

namespace ParDsl.Runtime.Calibration.Keeping;

/// <summary>A calibration as the JSON text that is kept.</summary>
internal static class CalibrationText
{
    /// <summary>Grows when what is written changes its meaning: a reader knows one format.</summary>
    private const int FormatVersion = 4;

    private const string DateFormat = "yyyy-MM-dd";

    public static string Write(MachineCalibration calibration)
    {
        using var text = new MemoryStream();
        using (var json = new Utf8JsonWriter(text, new JsonWriterOptions { Indented = true, NewLine = "\n" }))
        {
            json.WriteStartObject();
            json.WriteNumber("format_version", FormatVersion);
            json.WriteString("pardsl", calibration.ParDsl);
            json.WriteString("libtorch", calibration.Libtorch);
            json.WriteString("date", calibration.Date.ToString(DateFormat, CultureInfo.InvariantCulture));
            WriteMachine(json, calibration.Machine);
            PerformanceText.Write(json, calibration.Performance);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(text.ToArray()) + "\n";
    }

    /// <summary>Null where the text says that it is in another format.</summary>
    /// <exception cref="FormatException">Something is missing, of another kind, or no figure that a machine has.</exception>
    public static MachineCalibration? Read(JsonElement root)
    {
        try
        {
            return root.GetProperty("format_version").GetInt32() == FormatVersion ? ReadWhole(root) : null;
        }
        catch (Exception cause) when (cause is KeyNotFoundException or InvalidOperationException or ArgumentException)
        {
            throw new FormatException("a calibration is not as it was written", cause);
        }
    }

    private static MachineCalibration ReadWhole(JsonElement root)
    {
        var date = DateOnly.ParseExact(Text(root, "date"), DateFormat, CultureInfo.InvariantCulture);
        return new MachineCalibration(
            ReadMachine(root.GetProperty("machine")),
            Text(root, "pardsl"),
            Text(root, "libtorch"),
            date,
            PerformanceText.Read(root, MachineCalibration.OriginOf(date)));
    }

    private static void WriteMachine(Utf8JsonWriter json, MachineFingerprint machine)
    {
        json.WriteStartObject("machine");
        json.WriteString("processor", machine.Processor);
        json.WriteNumber("cores", machine.Cores);
        json.WriteNumber("memory_bytes", machine.MemoryBytes);
        json.WriteStartArray("gpus");
        foreach (var gpu in machine.Gpus)
            json.WriteStringValue(gpu);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static MachineFingerprint ReadMachine(JsonElement machine) => new(
        Text(machine, "processor"),
        machine.GetProperty("cores").GetInt32(),
        machine.GetProperty("memory_bytes").GetInt64(),
        [.. machine.GetProperty("gpus").EnumerateArray().Select(gpu => gpu.GetString() ?? throw new FormatException("no name"))]);

    private static string Text(JsonElement owner, string name) =>
        owner.GetProperty(name).GetString() ?? throw new FormatException($"{name} is no text");
}
