using ParDsl.Compiler.Catalogue;
using ParDsl.Compiler.Diagnostics;
using ParDsl.Syntax;

namespace ParDsl.Compiler.Binding;

/// <summary>
/// A statement's written arguments under the names of the rule that they meet; what meets none, stands twice or is missing
/// is in the bag.
/// </summary>
internal sealed class ArgumentPlacement(DiagnosticBag bag)
{
    public IReadOnlyDictionary<string, ArgumentSyntax> Place(
        CallSyntax call,
        IReadOnlyList<ArgumentSyntax> arguments,
        IComponentRule rule)
    {
        var placed = Placed(call, arguments, rule);
        var meant = Meant(arguments, rule);
        foreach (var argument in rule.Arguments.Where(argument => argument.Default is null))
        {
            if (!placed.ContainsKey(argument.Name) && !meant.Contains(argument.Name))
                bag.Add(ArgumentErrors.MissingArgument(call, rule, argument));
        }

        return placed;
    }

    /// <summary>What stands in another text than its statement is from <c>--set</c>, and replaces the spec's own.</summary>
    internal static bool IsSetOver(ArgumentSyntax argument, CallSyntax call) =>
        argument.Span.File.Path != call.Name.Span.File.Path;

    private Dictionary<string, ArgumentSyntax> Placed(CallSyntax call, IReadOnlyList<ArgumentSyntax> arguments, IComponentRule rule)
    {
        var placed = new Dictionary<string, ArgumentSyntax>(StringComparer.Ordinal);
        var positional = new Queue<ArgumentRule>(rule.Arguments.Where(argument => argument.IsPositional));
        foreach (var argument in arguments)
        {
            if (RuleOf(argument, arguments, rule, positional) is not { } name)
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

    /// <summary>The arguments that misspelt keys, or a value without one, were meant to be: those are not missing as well.</summary>
    private static HashSet<string> Meant(IReadOnlyList<ArgumentSyntax> arguments, IComponentRule rule) =>
    [
        .. arguments.Where(argument => argument.Key.Length > 0 && rule.Arguments.All(known => known.Name != argument.Key))
            .Select(argument => Spelling.MeantArgument(rule, argument.Key))
            .Append(SurplusValue.Nameless(arguments, rule)?.Name)
            .OfType<string>(),
    ];

    private string? RuleOf(
        ArgumentSyntax argument,
        IReadOnlyList<ArgumentSyntax> arguments,
        IComponentRule rule,
        Queue<ArgumentRule> positional)
    {
        if (argument.Key.Length > 0)
        {
            return rule.Arguments.Any(known => known.Name == argument.Key)
                ? argument.Key
                : bag.Refuse<string>(ArgumentErrors.UnknownKey(rule, argument));
        }

        return positional.TryDequeue(out var next)
            ? next.Name
            : bag.Refuse<string>(SurplusValue.Refusal(arguments, rule, argument));
    }
}
