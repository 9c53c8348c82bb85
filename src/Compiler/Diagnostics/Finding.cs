using ParDsl.Diagnostics;
using ParDsl.Source;

namespace ParDsl.Compiler.Diagnostics;

/// <summary>Makes diagnostics; the words are in the files of errors.</summary>
internal static class Finding
{
    public static Diagnostic Error(
        string code,
        SourceSpan span,
        string message,
        string label = "",
        string help = "",
        params RelatedSpan[] related) =>
        new(code, Severity.Error, span, label, message, help, related);

    public static Diagnostic Warning(
        string code,
        SourceSpan span,
        string message,
        string label = "",
        string help = "",
        params RelatedSpan[] related) =>
        new(code, Severity.Warning, span, label, message, help, related);
}
