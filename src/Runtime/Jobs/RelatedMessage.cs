namespace ParDsl.Runtime.Jobs;

/// <summary>A diagnostic's second place on its way between processes.</summary>
public sealed record RelatedMessage(SpanMessage Span, string Label);
