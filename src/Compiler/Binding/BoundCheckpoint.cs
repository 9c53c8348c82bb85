using ParDsl.Compiler.Checked;
using ParDsl.Syntax;

namespace ParDsl.Compiler.Binding;

/// <summary>The <c>checkpoint</c> statement with its defaults.</summary>
/// <param name="Call">Null where it is not written.</param>
internal sealed record BoundCheckpoint(CheckpointRequest Request, CallSyntax? Call);
