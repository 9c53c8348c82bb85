using System.Collections.Immutable;
using ParDsl.Compiler.Catalogue;
using ParDsl.Compiler.Checked;
using ParDsl.Compiler.Diagnostics;
using ParDsl.Printing;

namespace ParDsl.Compiler.Checking;

/// <summary>A component with its arguments as it would be written, in the order of its rule.</summary>
internal static class ComponentText
{
    public static string Write(
        string kind,
        ImmutableArray<ArgumentRule> rules,
        CheckedArguments arguments,
        bool withDefaults)
    {
        var words = rules
            .Where(rule => !IsNotGiven(arguments.Values[rule.Name]))
            .Where(rule => withDefaults || !IsDefault(rule, arguments.Values[rule.Name]))
            .Select(rule => Argument(rule, arguments.Values[rule.Name]));
        return string.Join(' ', words.Prepend(kind));
    }

    /// <summary>An empty text stands for what is not asked for, and cannot be written.</summary>
    private static bool IsNotGiven(object value) => value is "";

    private static bool IsDefault(ArgumentRule rule, object value) =>
        rule.Default is { } known && Text(rule, known) == Text(rule, value);

    private static string Argument(ArgumentRule rule, object value) =>
        rule.IsPositional && rule.Default is null ? Text(rule, value) : $"{rule.Name}={Text(rule, value)}";

    private static string Text(ArgumentRule rule, object value) => rule.Type switch
    {
        ArgumentType.Text when value is string text => ValuePrinter.quoted(text),
        ArgumentType.IntegerPair when value is ImmutableArray<long> { Length: 2 } pair && pair[0] == pair[1] =>
            Wording.Number(pair[0]),
        _ => ArgumentValueText.Write(value),
    };
}
