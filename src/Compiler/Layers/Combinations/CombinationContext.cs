using System.Collections.Immutable;
using ParDsl.Compiler.Checked;
using ParDsl.Source;

namespace ParDsl.Compiler.Layers.Combinations;

/// <summary>What a combination's rule is given.</summary>
/// <param name="Inputs">At least two.</param>
/// <param name="Span">What a diagnostic underlines.</param>
public sealed record CombinationContext(CheckedArguments Arguments, ImmutableArray<CombinationInput> Inputs, SourceSpan Span);
