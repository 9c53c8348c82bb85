using ParDsl.Source;

namespace ParDsl.Compiler.Checked;

/// <summary><c>tensor 2</c>.</summary>
/// <param name="Degree">The ranks that share each layer; 0 where the degree is what is left of the devices.</param>
public sealed record TensorRequest(long Degree, SourceSpan Span);
