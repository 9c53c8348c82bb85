using System.Collections.Immutable;

namespace ParDsl.Compiler.Printing.Pages.Runs;

/// <summary>One number of a run over its updates, as one or more lines.</summary>
/// <param name="Title">What the number is: <c>loss</c>, <c>learning rate</c>.</param>
public sealed record Curve(string Title, ImmutableArray<CurveLine> Lines);
