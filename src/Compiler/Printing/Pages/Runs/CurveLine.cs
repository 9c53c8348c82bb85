using System.Collections.Immutable;

namespace ParDsl.Compiler.Printing.Pages.Runs;

/// <summary>A line of a curve.</summary>
/// <param name="Name">What it is of: <c>each update</c>, <c>validation</c>.</param>
/// <param name="Kind">How it is drawn.</param>
/// <param name="Points">By growing update, without numbers that are none.</param>
public sealed record CurveLine(string Name, CurveKind Kind, ImmutableArray<CurvePoint> Points);
