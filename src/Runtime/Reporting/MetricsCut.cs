using System.Text.Json;
using ParDsl.Runtime.Checkpoints;

namespace ParDsl.Runtime.Reporting;

/// <summary>
/// Takes the lines behind a checkpoint's step out of metrics.jsonl, so that no step stands twice where the run goes on, and
/// what is no whole line.
/// </summary>
internal static class MetricsCut
{
    public static void After(string path, long step)
    {
        if (!File.Exists(path))
            return;
        try
        {
            var bytes = File.ReadAllBytes(path);
            var end = KeptBytes(bytes, step);
            if (end < bytes.Length)
                AtomicFile.Write(path, stream => stream.Write(bytes.AsSpan(0, end)));
        }
        catch (Exception trouble) when (FileTrouble.Is(trouble))
        {
            throw FileErrors.CannotWrite(path, trouble);
        }
    }

    /// <summary>Up to the first line that is behind the step, or no line at all.</summary>
    private static int KeptBytes(ReadOnlySpan<byte> bytes, long step)
    {
        var kept = 0;
        while (bytes[kept..].IndexOf((byte)'\n') is var length and >= 0 && StepOf(bytes.Slice(kept, length)) <= step)
            kept += length + 1;
        return kept;
    }

    private static long StepOf(ReadOnlySpan<byte> line)
    {
        try
        {
            using var json = JsonDocument.Parse(line.ToArray());
            return json.RootElement.GetProperty("step").GetInt64();
        }
        catch (Exception cause) when (cause is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            return long.MaxValue;
        }
    }
}
