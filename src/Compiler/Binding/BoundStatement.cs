using System.Collections.Immutable;
using ParDsl.Compiler.Checked;
using ParDsl.Compiler.Layers;
using ParDsl.Syntax;

namespace ParDsl.Compiler.Binding;

/// <summary>A statement of the model with its arguments, before shapes are known and before anything is repeated.</summary>
internal abstract record BoundStatement(CallSyntax Call)
{
    public sealed record Layer(ILayerRule Rule, CheckedArguments Arguments, SourcePlace Place, CallSyntax Call)
        : BoundStatement(Call);

    public sealed record Repeat(long Count, ImmutableArray<BoundStatement> Body, CallSyntax Call) : BoundStatement(Call);

    public sealed record Residual(ImmutableArray<BoundStatement> Body, SourcePlace Place, CallSyntax Call)
        : BoundStatement(Call);

    /// <summary>One with a mistake, already in the bag: nothing behind it can be known.</summary>
    public sealed record Broken(CallSyntax Call) : BoundStatement(Call);
}
