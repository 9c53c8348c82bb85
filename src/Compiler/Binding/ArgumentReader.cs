using ParDsl.Compiler.Catalogue;
using ParDsl.Compiler.Diagnostics;
using ParDsl.Syntax;

namespace ParDsl.Compiler.Binding;

/// <summary>One argument's expression as the value that its rule asks for; null where there is a mistake, which is then in the bag.</summary>
internal sealed class ArgumentReader(ExpressionEvaluator evaluator, DiagnosticBag bag)
{
    /// <param name="title">How messages call what takes the argument: <c>linear</c>.</param>
    public object? Read(string title, ArgumentRule rule, ExpressionSyntax expression)
    {
        if (rule.Type == ArgumentType.Choice)
            return ReadChoice(title, rule, expression);
        if (evaluator.Evaluate(expression) is not { } value)
            return null;
        if (ArgumentConverter.HasWrongUnit(rule.Type, value))
            return bag.Refuse<object>(ArgumentErrors.WrongUnit(title, rule, expression, value));
        if (ArgumentConverter.Convert(rule.Type, value) is not { } converted)
            return bag.Refuse<object>(ArgumentErrors.WrongType(title, rule, expression, value));
        foreach (var number in ArgumentConverter.Numbers(converted))
        {
            if (!IsWithin(rule, number))
                return bag.Refuse<object>(ArgumentErrors.OutOfLimits(title, rule, expression, number));
        }

        return converted;
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
