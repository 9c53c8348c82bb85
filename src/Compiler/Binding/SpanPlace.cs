using ParDsl.Compiler.Checked;
using ParDsl.Source;

namespace ParDsl.Compiler.Binding;

internal static class SpanPlace
{
    /// <summary>Where the span starts, for the stages that keep no syntax.</summary>
    public static SourcePlace Of(SourceSpan span)
    {
        var start = span.StartPosition;
        return new SourcePlace(span.File.Path, start.Line, start.Column);
    }
}
