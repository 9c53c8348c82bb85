using System.Collections.Immutable;
using ParDsl.Compiler.Checked;
using ParDsl.Compiler.Layers;
using ParDsl.Compiler.Layers.Combinations;
using ParDsl.Diagnostics;
using ParDsl.Syntax;

namespace ParDsl.Compiler.Binding;

/// <summary>A statement of the model with its arguments, before shapes are known and before anything is repeated.</summary>
internal abstract record BoundStatement(CallSyntax Call)
{
    public sealed record Layer(ILayerRule Rule, CheckedArguments Arguments, CallSyntax Call) : BoundStatement(Call);

    public sealed record Repeat(long Count, ImmutableArray<BoundStatement> Body, CallSyntax Call) : BoundStatement(Call);

    /// <summary><c>sequential</c>.</summary>
    public sealed record Group(ImmutableArray<BoundStatement> Body, CallSyntax Call) : BoundStatement(Call);

    /// <summary>A <c>def</c> where it is used, its body bound with the arguments of this use.</summary>
    public sealed record Use(ImmutableArray<BoundStatement> Body, RelatedSpan Place, CallSyntax Call) : BoundStatement(Call);

    /// <param name="Projects">Whether a learned layer may fit the bypass to the body's shape.</param>
    public sealed record Residual(bool Projects, ImmutableArray<BoundStatement> Body, CallSyntax Call) : BoundStatement(Call);

    public sealed record Branches(
        ICombinationRule Rule,
        CheckedArguments Arguments,
        ImmutableArray<BoundStatement> All,
        CallSyntax Call) : BoundStatement(Call);

    /// <summary>One of <see cref="Branches"/>; without layers it passes its input on.</summary>
    public sealed record Branch(ImmutableArray<BoundStatement> Body, CallSyntax Call) : BoundStatement(Call);

    /// <summary><c>concat enc1</c>: what comes in with the values of earlier statements.</summary>
    public sealed record Combination(
        ICombinationRule Rule,
        CheckedArguments Arguments,
        ImmutableArray<string> Labels,
        CallSyntax Call) : BoundStatement(Call);

    /// <summary>One with a mistake, already in the bag: nothing behind it can be known.</summary>
    public sealed record Broken(CallSyntax Call) : BoundStatement(Call);
}
