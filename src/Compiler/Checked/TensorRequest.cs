using ParDsl.Source;

namespace ParDsl.Compiler.Checked;

/// <summary><c>tensor 2 sequence=true</c>.</summary>
/// <param name="Degree">The ranks that share each layer; 0 where the degree is what is left of the devices.</param>
/// <param name="DividesSequence">Whether values that would be whole on each rank are divided by the sequence's places.</param>
public sealed record TensorRequest(long Degree, bool DividesSequence, SourceSpan Span);
