using System.Collections.Immutable;
using ParDsl.Compiler.Checked;
using ParDsl.Syntax;

namespace ParDsl.Compiler.Checking;

/// <summary>The model with all shapes, and for each layer the statement that made it.</summary>
internal sealed record ModelOutcome(CheckedModel Model, ImmutableArray<CallSyntax> Calls);
