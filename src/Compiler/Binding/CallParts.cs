using ParDsl.Source;
using ParDsl.Syntax;

namespace ParDsl.Compiler.Binding;

/// <summary>Calls made anew, and a call with one part exchanged: all else of it, comments too, stays as it was.</summary>
internal static class CallParts
{
    /// <summary>A statement that nobody wrote: <c>batch 32</c>.</summary>
    public static CallSyntax Statement(string name, params ExpressionSyntax[] values)
    {
        var word = new NameSyntax(name, SourceSpan.Nowhere);
        return new CallSyntax(
            false,
            word,
            word,
            [.. values.Select(value => Argument("", value))],
            false,
            [],
            SourceSpan.Nowhere,
            SourceSpan.Nowhere,
            StatementTrivia.None);
    }

    public static ArgumentSyntax Argument(string key, ExpressionSyntax value) =>
        new(key, SourceSpan.Nowhere, value, SourceSpan.Nowhere);

    public static ArgumentSyntax With(this ArgumentSyntax argument, ExpressionSyntax value) =>
        new(argument.Key, argument.KeySpan, value, argument.Span);

    public static CallSyntax With(this CallSyntax call, IReadOnlyList<ArgumentSyntax> arguments) =>
        new(call.HasLabel, call.Label, call.Name, arguments, call.HasBlock, call.Block, call.Span, call.HeadSpan, call.Trivia);

    public static CallSyntax WithBlock(this CallSyntax call, IReadOnlyList<StatementSyntax> block) =>
        new(call.HasLabel, call.Label, call.Name, call.Arguments, call.HasBlock, block, call.Span, call.HeadSpan, call.Trivia);

    public static CallSyntax With(this CallSyntax call, StatementTrivia trivia) =>
        new(call.HasLabel, call.Label, call.Name, call.Arguments, call.HasBlock, call.Block, call.Span, call.HeadSpan, trivia);

    /// <summary>Each call exchanged for another; <c>let</c>s stay.</summary>
    public static IReadOnlyList<StatementSyntax> Exchange(
        IReadOnlyList<StatementSyntax> statements,
        Func<CallSyntax, CallSyntax> change) =>
    [
        .. statements.Select(statement => statement.Match(
            call: call => StatementSyntax.NewCall(change(call)),
            binding: _ => statement,
            definition: _ => statement,
            import: _ => statement)),
    ];

    public static IEnumerable<CallSyntax> In(IEnumerable<StatementSyntax> statements) =>
        statements
            .Select(statement => statement.Match<CallSyntax?>(
                call: call => call,
                binding: _ => null,
                definition: _ => null,
                import: _ => null))
            .OfType<CallSyntax>();
}
