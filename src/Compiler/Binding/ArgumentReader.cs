using ParDsl.Compiler.Catalogue;
using ParDsl.Compiler.Diagnostics;
using ParDsl.Syntax;

namespace ParDsl.Compiler.Binding;

/// <summary>
/// One argument's expression as the value that its rule asks for; null where there is a mistake, which is then in the
/// bag.
/// </summary>
internal sealed class ArgumentReader(ExpressionEvaluator evaluator, DiagnosticBag bag)
{
    /// <param name="title">How messages call what takes the argument: <c>linear</c>.</param>
    public object? Read(string title, ArgumentRule rule, ExpressionSyntax expression)
    {
        if (rule.Type == ArgumentType.Choice)
            return ReadChoice(title, rule, expression);
        if (rule.Type == ArgumentType.Names && NameList.Of(expression) is { } names)
            return names;
        if (rule.Type == ArgumentType.Label)
            return ReadLabel(title, rule, expression);
        if (WordOf(rule, expression) is { } word)
            return bag.Refuse<object>(ArgumentErrors.WordForValue(title, rule, word));
        return evaluator.Evaluate(expression) is { } value ? Convert(title, rule, expression, value) : null;
    }

    private object? Convert(string title, ArgumentRule rule, ExpressionSyntax expression, Value value)
    {
        if (ArgumentConverter.HasWrongUnit(rule.Type, value))
            return bag.Refuse<object>(ArgumentErrors.WrongUnit(title, rule, expression, value));
        if (ArgumentConverter.Convert(rule.Type, value) is not { } converted)
            return bag.Refuse<object>(ArgumentErrors.WrongType(title, rule, expression, value));
        if (converted is "")
            return bag.Refuse<object>(ArgumentErrors.EmptyText(title, rule, expression));
        foreach (var number in ArgumentConverter.Numbers(converted))
        {
            if (!IsWithin(rule, number))
                return bag.Refuse<object>(ArgumentErrors.OutOfLimits(title, rule, expression, number));
        }

        return converted;
    }

    /// <summary>A word without quotes where only a text, a flag or columns can stand; null where there is none.</summary>
    private NameSyntax? WordOf(ArgumentRule rule, ExpressionSyntax expression) =>
        rule.Type is ArgumentType.Text or ArgumentType.Flag or ArgumentType.Columns
            ? ExpressionEvaluator.Names(expression).FirstOrDefault(evaluator.IsWord)
            : null;

    /// <summary>Whether there is a layer of that label, the model's shapes tell.</summary>
    private string? ReadLabel(string title, ArgumentRule rule, ExpressionSyntax expression)
    {
        if (ExpressionEvaluator.BareName(expression) is { } label)
            return label;
        return evaluator.Evaluate(expression) is { } value
            ? bag.Refuse<string>(ArgumentErrors.WrongType(title, rule, expression, value))
            : null;
    }

    private string? ReadChoice(string title, ArgumentRule rule, ExpressionSyntax expression)
    {
        if (ExpressionEvaluator.BareName(expression) is not { } word)
        {
            return evaluator.Evaluate(expression) is { } value
                ? bag.Refuse<string>(ArgumentErrors.WrongType(title, rule, expression, value))
                : null;
        }

        return rule.Choices.Contains(word)
            ? word
            : bag.Refuse<string>(ArgumentErrors.UnknownChoice(title, rule, expression, word));
    }

    private static bool IsWithin(ArgumentRule rule, double number) =>
        (rule.ExcludesMinimum ? number > rule.Minimum : number >= rule.Minimum)
        && (rule.ExcludesMaximum ? number < rule.Maximum : number <= rule.Maximum);
}
