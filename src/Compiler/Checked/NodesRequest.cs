using ParDsl.Source;

namespace ParDsl.Compiler.Checked;

/// <summary><c>nodes 4</c>: as many machines, which share the ranks evenly.</summary>
public sealed record NodesRequest(long Count, SourceSpan Span);
