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

    /// <summary>See <see cref="ExpressionEvaluator.IsWord"/>.</summary>
    public bool IsWord(NameSyntax name) => evaluator.IsWord(name);

    /// <summary>Binds all arguments of a statement: <c>linear 10 bias=false</c>.</summary>
    public CheckedArguments? Bind(CallSyntax call, IComponentRule rule) => Bind(call, call.Arguments, rule);

    /// <summary>Binds the given arguments of a statement: those behind <c>adamw</c> in <c>optimizer adamw lr=1e-3</c>.</summary>
    public CheckedArguments? Bind(CallSyntax call, IEnumerable<ArgumentSyntax> arguments, IComponentRule rule)
    {
        var errorsBefore = bag.Count;
        var given = arguments.ToArray();
        var written = Place(call, given, rule);
        var meant = Meant(given, rule);
        var values = ImmutableSortedDictionary.CreateBuilder<string, object>(StringComparer.Ordinal);
        foreach (var argument in rule.Arguments)
        {
            if (written.TryGetValue(argument.Name, out var syntax))
                AddValue(values, argument.Name, reader.Read(rule.Name, argument, syntax.Value));
            else if (argument.Default is not null)
                values[argument.Name] = argument.Default;
            else if (!meant.Contains(argument.Name))
                bag.Add(ArgumentErrors.MissingArgument(call, rule, argument));
        }

        // A value may be missing without a new error: a name whose `let` is mistaken.
        return bag.Count == errorsBefore && values.Count == rule.Arguments.Length
            ? new CheckedArguments(values.ToImmutable())
            : null;
    }

    /// <summary>Each written argument under the name of the rule it meets; what meets none is refused.</summary>
    private Dictionary<string, ArgumentSyntax> Place(CallSyntax call, IEnumerable<ArgumentSyntax> arguments, IComponentRule rule)
    {
        var placed = new Dictionary<string, ArgumentSyntax>(StringComparer.Ordinal);
        var positional = new Queue<ArgumentRule>(rule.Arguments.Where(argument => argument.IsPositional));
        foreach (var argument in arguments)
        {
            if (RuleOf(argument, rule, positional) is not { } name)
                continue;
            if (placed.TryAdd(name, argument) || IsSetOver(placed[name], call))
                continue;
            if (IsSetOver(argument, call))
                placed[name] = argument;
            else
                bag.Add(ArgumentErrors.DuplicateArgument(rule, name, argument, placed[name]));
        }

        return placed;
    }

    /// <summary>What stands in another text than its statement is from <c>--set</c>, and replaces the spec's own.</summary>
    internal static bool IsSetOver(ArgumentSyntax argument, CallSyntax call) =>
        argument.Span.File.Path != call.Name.Span.File.Path;

    /// <summary>The arguments that misspelt keys were meant to be: those are not missing as well.</summary>
    private static HashSet<string> Meant(IEnumerable<ArgumentSyntax> arguments, IComponentRule rule) =>
    [
        .. arguments.Where(argument => argument.Key.Length > 0 && rule.Arguments.All(known => known.Name != argument.Key))
            .Select(argument => Spelling.MeantArgument(rule, argument.Key))
            .OfType<string>(),
    ];

    private string? RuleOf(ArgumentSyntax argument, IComponentRule rule, Queue<ArgumentRule> positional)
    {
        if (argument.Key.Length > 0)
        {
            return rule.Arguments.Any(known => known.Name == argument.Key)
                ? argument.Key
                : bag.Refuse<string>(ArgumentErrors.UnknownKey(rule, argument));
        }

        return positional.TryDequeue(out var next)
            ? next.Name
            : bag.Refuse<string>(ArgumentErrors.TooManyArguments(rule, argument));
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
