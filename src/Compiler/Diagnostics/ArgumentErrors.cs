using ParDsl.Compiler.Binding;
using ParDsl.Compiler.Catalogue;
using ParDsl.Diagnostics;
using ParDsl.Syntax;

namespace ParDsl.Compiler.Diagnostics;

/// <summary>PD2012 to PD2019 and PD2022: what is wrong with a statement's arguments.</summary>
internal static class ArgumentErrors
{
    public static Diagnostic UnknownKey(IComponentRule rule, ArgumentSyntax argument)
    {
        var meant = Spelling.MeantArgument(rule, argument.Key);
        return Finding.Error(
            "PD2012",
            argument.KeySpan,
            $"`{rule.Name}` has no argument `{argument.Key}`; {Takes(rule)}",
            "no such argument",
            UnknownKeyHelp(argument, meant));
    }

    private static string UnknownKeyHelp(ArgumentSyntax argument, string? meant)
    {
        if (ForeignKeys.Inferred.Contains(argument.Key))
            return $"remove `{argument.Span.Words}`: that size is taken from what comes in";
        if (argument.Key == "betas" && argument.Value.Span.Text.Trim('[', ']').Split(',') is [var first, var second])
            return $"write `beta1={first.Trim()} beta2={second.Trim()}`";
        return meant is null ? $"remove `{argument.Span.Words}`" : $"write `{meant}={argument.Value.Span.Words}`";
    }

    public static Diagnostic DuplicateArgument(
        IComponentRule rule,
        string name,
        ArgumentSyntax second,
        ArgumentSyntax first) =>
        Finding.Error(
            "PD2014",
            second.Span,
            $"`{rule.Name}` is given `{name}` twice: {first.Value.Span.Words} and {second.Value.Span.Words}",
            "the second time",
            "remove one of the two",
            new RelatedSpan(first.Span, "the first time"));

    public static Diagnostic MissingArgument(CallSyntax call, IComponentRule rule, ArgumentRule argument)
    {
        var example = argument.IsPositional
            ? ArgumentText.Example(argument)
            : $"{argument.Name}={ArgumentText.Example(argument)}";
        var head = rule.Name.Split(' ')[0] == call.Name.Text ? rule.Name : $"{call.Name.Text} {rule.Name}";
        return Finding.Error(
            "PD2015",
            call.HeadSpan,
            $"`{rule.Name}` needs its argument `{argument.Name}`: {ArgumentText.Kind(argument)}",
            $"`{argument.Name}` is missing",
            $"write `{head} {example}`");
    }

    public static Diagnostic TooManyArguments(IComponentRule rule, ArgumentSyntax argument)
    {
        var positional = rule.Arguments.Where(known => known.IsPositional).ToArray();
        var expected = positional.Length == 0
            ? "no value without a name"
            : $"{Wording.Count(positional.Length, "value")} without a name, "
                + $"{Wording.And(positional.Select(known => known.Name))}";
        return Finding.Error(
            "PD2016",
            argument.Span,
            $"`{rule.Name}` takes {expected}, but here is one more: {argument.Span.Words}",
            "one too many",
            rule.Arguments.Length == positional.Length ? "remove it" : $"remove it, or name it: {Takes(rule)}");
    }

    /// <summary><c>linear 784 10</c> and <c>batch_norm 64</c>: other tools want the size that comes in, too.</summary>
    /// <param name="meant">The statement without that size.</param>
    public static Diagnostic SizeThatComesIn(IComponentRule rule, ArgumentSyntax argument, string meant) =>
        Finding.Error(
            "PD2016",
            argument.Span,
            $"`{rule.Name}` takes the size that comes in from the layer before it, so here is one value more: "
                + argument.Span.Words,
            "one too many",
            $"write `{meant}`");

    /// <summary><c>attention 4</c>, where <c>heads</c> must be named.</summary>
    public static Diagnostic UnnamedArgument(IComponentRule rule, ArgumentSyntax argument, ArgumentRule needed) =>
        Finding.Error(
            "PD2016",
            argument.Span,
            $"`{rule.Name}` takes `{needed.Name}` by its name only, but here stands {argument.Span.Words} alone",
            "without its name",
            $"write `{needed.Name}={argument.Span.Words}`");

    public static Diagnostic WrongType(string title, ArgumentRule rule, ExpressionSyntax expression, Value found) =>
        Finding.Error(
            "PD2017",
            expression.Span,
            $"`{rule.Name}` of `{title}` must be {ArgumentText.Kind(rule)}, but this is {ValueText.Describe(found)}",
            $"not {ArgumentText.Kind(rule)}",
            rule.Type == ArgumentType.Integers && found is Value.Integer { Unit: "", Number: > 0 } single
                ? $"write `{ArgumentText.Written(rule, $"[{Wording.Number(single.Number)}]")}`"
                : $"write `{ArgumentText.Written(rule)}`");

    /// <summary>A name without a value where a text, a flag or columns were expected.</summary>
    public static Diagnostic WordForValue(string title, ArgumentRule rule, NameSyntax word) =>
        Finding.Error(
            "PD2017",
            word.Span,
            $"`{rule.Name}` of `{title}` must be {ArgumentText.Kind(rule)}, "
                + $"but this is the name `{word.Text}`, which has no value",
            $"not {ArgumentText.Kind(rule)}",
            rule.Type == ArgumentType.Flag ? "write `true` or `false`" : $"write `\"{word.Text}\"`");

    public static Diagnostic EmptyText(string title, ArgumentRule rule, ExpressionSyntax expression) =>
        Finding.Error(
            "PD2018",
            expression.Span,
            $"`{rule.Name}` of `{title}` must be a text with at least one character, but this one is empty",
            "nothing in it",
            $"write `{ArgumentText.Written(rule)}`");

    public static Diagnostic OutOfLimits(string title, ArgumentRule rule, ExpressionSyntax expression, double found)
    {
        var percent = rule.Maximum <= 1 && found is > 1 and < 100;
        return Finding.Error(
            "PD2018",
            expression.Span,
            $"`{rule.Name}` of `{title}` must be {ArgumentText.Limits(rule, found)}, but this is {Wording.Number(found)}",
            $"must be {ArgumentText.Limits(rule, found)}",
            percent
                ? $"write `{ArgumentText.Written(rule, $"{Wording.Number(found)}%")}`"
                : $"write `{ArgumentText.Written(rule)}`");
    }

    public static Diagnostic UnknownChoice(string title, ArgumentRule rule, ExpressionSyntax expression, string found)
    {
        var near = ForeignNames.Meaning(title, found) ?? Spelling.Nearest(found, rule.Choices) ?? rule.Choices[0];
        return Finding.Error(
            "PD2019",
            expression.Span,
            $"`{rule.Name}` of `{title}` is one of {Wording.Or(rule.Choices)}, but this is `{found}`",
            "not one of them",
            rule.IsPositional ? $"write `{near}`" : $"write `{rule.Name}={near}`");
    }

    public static Diagnostic WrongUnit(string title, ArgumentRule rule, ExpressionSyntax expression, Value found) =>
        Finding.Error(
            "PD2022",
            expression.Span,
            $"`{rule.Name}` of `{title}` must be {ArgumentText.Kind(rule)}, but this is {ValueText.Write(found)}",
            rule.Type switch
            {
                ArgumentType.Duration => "only steps and epochs measure time here",
                ArgumentType.Interval => "its units are steps, epochs, s, min and h",
                ArgumentType.Bytes => "its units are B, KB, MB, GB, KiB, MiB and GiB",
                _ => "it has no unit",
            },
            $"write `{ArgumentText.WithoutUnit(rule, found)}`");

    private static string Takes(IComponentRule rule) => rule.Arguments.IsEmpty
        ? "it takes none"
        : $"it takes {Wording.And(rule.Arguments.Select(known => known.Name))}";
}
