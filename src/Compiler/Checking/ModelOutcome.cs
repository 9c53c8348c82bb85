using System.Collections.Immutable;
using ParDsl.Compiler.Checked;
using ParDsl.Diagnostics;
using ParDsl.Syntax;

namespace ParDsl.Compiler.Checking;

/// <summary>
/// The model with all shapes, and for each layer the statement that made it and the uses of <c>def</c>s that it stands in.
/// </summary>
internal sealed record ModelOutcome(
    CheckedModel Model,
    ImmutableArray<CallSyntax> Calls,
    ImmutableArray<ImmutableArray<RelatedSpan>> Uses);
