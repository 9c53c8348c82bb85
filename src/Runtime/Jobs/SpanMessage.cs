using ParDsl.Source;

namespace ParDsl.Runtime.Jobs;

/// <summary>A place in a text, and the text, on their way between processes.</summary>
public sealed record SpanMessage(string Path, string Text, int Start, int Length)
{
    public static SpanMessage Of(SourceSpan span) => new(span.File.Path, span.File.Text, span.Start, span.Length);

    [System.Text.Json.Serialization.JsonIgnore]
    public SourceSpan Value => new(new SourceFile(Path, Text), Start, Length);
}
