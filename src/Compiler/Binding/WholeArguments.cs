using System.Collections.Immutable;
using ParDsl.Compiler.Catalogue;
using ParDsl.Syntax;

namespace ParDsl.Compiler.Binding;

/// <summary>
/// A statement's arguments, free of mistakes, come in; the same with every default written behind them, in the rule's order,
/// go out. Where <c>--set</c> speaks over what the spec says, its value stands in the spec's place.
/// </summary>
internal static class WholeArguments
{
    public static IEnumerable<ArgumentSyntax> Of(CallSyntax call, IEnumerable<ArgumentSyntax> given, IComponentRule rule)
    {
        var written = Written(call, given, rule);
        var missing = rule.Arguments
            .Where(argument => written.All(other => other.Name != argument.Name) && IsWritable(argument))
            .Select(argument => CallParts.Argument(argument.Name, WrittenValue.Of(argument.Type, argument.Default ?? "")));
        return written.Select(argument => argument.Syntax).Concat(missing);
    }

    /// <summary>The rule's name of a written argument: its key, or its place among the positional ones.</summary>
    public static List<(string Name, ArgumentSyntax Syntax)> Written(
        CallSyntax call,
        IEnumerable<ArgumentSyntax> given,
        IComponentRule rule)
    {
        var positional = new Queue<string>(
            rule.Arguments.Where(argument => argument.IsPositional).Select(argument => argument.Name));
        var written = new List<(string Name, ArgumentSyntax Syntax)>();
        foreach (var argument in given)
        {
            var name = argument.Key.Length > 0 ? argument.Key : positional.Dequeue();
            var index = written.FindIndex(other => other.Name == name);
            if (index < 0)
                written.Add((name, argument));
            else if (!ArgumentPlacement.IsSetOver(written[index].Syntax, call))
                written[index] = (name, written[index].Syntax.With(argument.Value));
        }

        return written;
    }

    /// <summary>
    /// Whether the default is a value at all: an empty list, or a number that the rule would refuse, stands for what is not
    /// asked for.
    /// </summary>
    private static bool IsWritable(ArgumentRule rule) => rule.Default switch
    {
        null or "" => false,
        ImmutableArray<long> { IsEmpty: true } or ImmutableArray<string> { IsEmpty: true } => false,
        var value => ArgumentConverter.Numbers(value).All(number => number >= rule.Minimum),
    };
}
