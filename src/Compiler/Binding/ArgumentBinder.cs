using System.Collections.Immutable;
using ParDsl.Compiler.Catalogue;
using ParDsl.Compiler.Checked;
using ParDsl.Compiler.Diagnostics;
using ParDsl.Syntax;

namespace ParDsl.Compiler.Binding;

/// <summary>
/// A statement's arguments by the rules of what it names: every default filled in, every mistake in the bag. The result is
/// null where there is one.
/// </summary>
public sealed class ArgumentBinder(ExpressionEvaluator evaluator, DiagnosticBag bag)
{
    private readonly ArgumentReader reader = new(evaluator, bag);
    private readonly ArgumentPlacement placement = new(bag);

    /// <summary>See <see cref="ExpressionEvaluator.IsWord"/>.</summary>
    public bool IsWord(NameSyntax name) => evaluator.IsWord(name);

    /// <summary>Binds all arguments of a statement: <c>linear 10 bias=false</c>.</summary>
    public CheckedArguments? Bind(CallSyntax call, IComponentRule rule) => Bind(call, call.Arguments, rule);

    /// <summary>Binds the given arguments of a statement: those behind <c>adamw</c> in <c>optimizer adamw lr=1e-3</c>.</summary>
    public CheckedArguments? Bind(CallSyntax call, IEnumerable<ArgumentSyntax> arguments, IComponentRule rule)
    {
        var errorsBefore = bag.Count;
        var written = placement.Place(call, [.. arguments], rule);
        var values = ImmutableSortedDictionary.CreateBuilder<string, object>(StringComparer.Ordinal);
        foreach (var argument in rule.Arguments)
        {
            if (written.TryGetValue(argument.Name, out var syntax))
                AddValue(values, argument.Name, reader.Read(rule.Name, argument, syntax.Value));
            else
                AddValue(values, argument.Name, argument.Default);
        }

        // A value may be missing without a new error: a name whose `let` is mistaken.
        return bag.Count == errorsBefore && values.Count == rule.Arguments.Length
            ? new CheckedArguments(values.ToImmutable())
            : null;
    }

    private static void AddValue(
        ImmutableSortedDictionary<string, object>.Builder values,
        string name,
        object? value)
    {
        if (value is not null)
            values[name] = value;
    }
}
