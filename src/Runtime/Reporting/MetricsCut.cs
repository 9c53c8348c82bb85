using System.Text.Json;
using ParDsl.Runtime.Checkpoints;

namespace ParDsl.Runtime.Reporting;

/// <summary>
/// Takes the lines behind a checkpoint's step out of metrics.jsonl, so that no step stands twice where the run goes on, and
/// what is no whole line.
/// </summary>
internal static class MetricsCut
{
    /// <returns>The last line that stays; null where none does.</returns>
    public static LoggedUpdate? After(string path, long step)
    {
        if (!File.Exists(path))
            return null;
        try
        {
            var bytes = File.ReadAllBytes(path);
            var (end, last) = Kept(bytes, step);
            if (end < bytes.Length)
                AtomicFile.Write(path, stream => stream.Write(bytes.AsSpan(0, end)));
            return last;
        }
        catch (Exception trouble) when (FileTrouble.Is(trouble))
        {
            throw FileErrors.CannotWrite(path, trouble);
        }
    }

    /// <summary>The bytes up to the first line that is behind the step, or no line at all, and the line before that.</summary>
    private static (int Bytes, LoggedUpdate? Last) Kept(ReadOnlySpan<byte> bytes, long step)
    {
        var (kept, last) = (0, (LoggedUpdate?)null);
        while (bytes[kept..].IndexOf((byte)'\n') is var length and >= 0
            && Read(bytes.Slice(kept, length)) is { } line && line.Step <= step)
        {
            kept += length + 1;
            last = line;
        }

        return (kept, last);
    }

    /// <summary>Null where it is no line of ours.</summary>
    private static LoggedUpdate? Read(ReadOnlySpan<byte> line)
    {
        try
        {
            using var json = JsonDocument.Parse(line.ToArray());
            var step = json.RootElement.GetProperty("step").GetInt64();
            return new LoggedUpdate(step, json.RootElement.TryGetProperty(MetricsLine.Train, out _));
        }
        catch (Exception cause) when (cause is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            return null;
        }
    }
}
