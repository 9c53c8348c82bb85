using System.Collections.Immutable;
using ParDsl.Diagnostics;
using ParDsl.Source;

namespace ParDsl.Runtime.Jobs;

/// <summary>A diagnostic on its way between processes.</summary>
public sealed record DiagnosticMessage(
    string Code, bool IsError, SpanMessage Span, string Label, string Message, string Help, ImmutableArray<RelatedMessage> Related)
{
    public static DiagnosticMessage Of(Diagnostic diagnostic) => new(
        diagnostic.Code,
        diagnostic.Severity == Severity.Error,
        SpanMessage.Of(diagnostic.Span),
        diagnostic.Label,
        diagnostic.Message,
        diagnostic.Help,
        [.. diagnostic.Related.Select(related => new RelatedMessage(SpanMessage.Of(related.Span), related.Label))]);

    /// <summary>The diagnostic, and in front of its words who found it.</summary>
    public Diagnostic From(JobMember member) => new(
        Code,
        IsError ? Severity.Error : Severity.Warning,
        Span.Value,
        Label,
        $"{member.Words}: {Message}",
        Help,
        [.. Related.Select(related => new RelatedSpan(related.Span.Value, related.Label))]);
}
