using ParDsl.Compiler.Binding;
using ParDsl.Compiler.Catalogue;
using ParDsl.Printing;

namespace ParDsl.Compiler.Diagnostics;

/// <summary>What an argument may be, in words and as an example that can be typed.</summary>
internal static class ArgumentText
{
    /// <summary>"a whole number".</summary>
    public static string Kind(ArgumentRule rule) => rule.Type switch
    {
        ArgumentType.Integer => "a whole number",
        ArgumentType.Real => "a number",
        ArgumentType.Flag => "true or false",
        ArgumentType.Text => "a text in quotes",
        ArgumentType.Choice => $"one of {Wording.Or(rule.Choices)}",
        ArgumentType.Label => "the label of a layer",
        ArgumentType.IntegerPair => "a whole number or a list of two",
        ArgumentType.Integers => "a list of whole numbers",
        ArgumentType.Columns => "a list of column names, positions and ranges",
        ArgumentType.Duration => "a number of steps or epochs",
        ArgumentType.Interval => "a number of steps or epochs, or a time such as 10 min",
        ArgumentType.Bytes => "a size such as 25 MiB",
        ArgumentType.Names => "a list of names",
        ArgumentType.Any => "a value",
        _ => throw new ArgumentOutOfRangeException(nameof(rule), rule.Type, null),
    };

    /// <summary>"at least 1", "above 0 and at most 1": what the number found does not keep.</summary>
    public static string Limits(ArgumentRule rule, double found)
    {
        var least = $"{(rule.ExcludesMinimum ? "above" : "at least")} {Wording.Number(rule.Minimum)}";
        var most = $"{(rule.ExcludesMaximum ? "below" : "at most")} {Wording.Number(rule.Maximum)}";
        if (double.IsInfinity(rule.Maximum) || (rule.Maximum >= int.MaxValue && found <= rule.Minimum))
            return least;
        return double.IsInfinity(rule.Minimum) ? most : $"{least} and {most}";
    }

    /// <summary>A value that the rule allows, as code.</summary>
    public static string Example(ArgumentRule rule) => rule.Type switch
    {
        ArgumentType.Integer => Wording.Number(Math.Clamp(10, rule.Minimum, rule.Maximum)),
        ArgumentType.Real => Wording.Number(RealExample(rule)),
        ArgumentType.Flag => "true",
        ArgumentType.Text => "\"data.csv\"",
        ArgumentType.Choice => rule.Choices[0],
        ArgumentType.Label => "tokens",
        ArgumentType.IntegerPair => Wording.Number(Math.Clamp(2, rule.Minimum, rule.Maximum)),
        ArgumentType.Integers => "[10]",
        ArgumentType.Columns => "[\"x\", 3, \"4..9\"]",
        ArgumentType.Duration or ArgumentType.Interval => "100 steps",
        ArgumentType.Bytes => "25 MiB",
        ArgumentType.Names => "[fc1, fc2]",
        ArgumentType.Any => "32",
        _ => throw new ArgumentOutOfRangeException(nameof(rule), rule.Type, null),
    };

    /// <summary>The example as it would stand in the statement: with its key where it needs one.</summary>
    public static string Written(ArgumentRule rule)
    {
        var known = rule.Default is { } value && IsAllowed(rule, value) ? Printed(rule, value) : "";
        return Written(rule, known.Length > 0 ? known : Example(rule));
    }

    public static string Written(ArgumentRule rule, string value) => rule.IsPositional ? value : $"{rule.Name}={value}";

    /// <summary>The number that was found, with the unit that the rule knows, if any.</summary>
    public static string WithoutUnit(ArgumentRule rule, Value found) => (rule.Type, found) switch
    {
        (ArgumentType.Duration or ArgumentType.Interval, Value.Integer integer) => Written(rule, $"{Wording.Number(integer.Number)} steps"),
        (ArgumentType.Integer or ArgumentType.IntegerPair or ArgumentType.Real, Value.Integer integer) =>
            Written(rule, Wording.Number(integer.Number)),
        (ArgumentType.Real, Value.Real real) => Written(rule, Wording.Number(real.Number)),
        _ => Written(rule),
    };

    /// <summary>A default may stand for "not written", as 0 does for a degree, and then cannot be written.</summary>
    private static bool IsAllowed(ArgumentRule rule, object value) => value is not long integer || integer >= rule.Minimum;

    private static string Printed(ArgumentRule rule, object value) => value switch
    {
        string { Length: > 0 } text when rule.Type == ArgumentType.Text => ValuePrinter.quoted(text),
        System.Collections.IEnumerable and not string => "",
        _ => ArgumentValueText.Write(value),
    };

    private static double RealExample(ArgumentRule rule) => Math.Clamp(0.01, rule.Minimum, rule.Maximum);
}
