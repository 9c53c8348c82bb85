using System.Collections.Immutable;
using ParDsl.Compiler.Diagnostics;
using ParDsl.Diagnostics;
using ParDsl.Syntax;

namespace ParDsl.Compiler.Binding;

/// <summary>Gives expressions their values; null where there is a mistake, which is then in the bag.</summary>
public sealed class ExpressionEvaluator(ValueEnvironment environment, DiagnosticBag bag)
{
    private const string Percent = "%";

    public Value? Evaluate(ExpressionSyntax expression) => expression.Match<Value?>(
        number: EvaluateNumber,
        text: text => new Value.Text(text.Value),
        name: EvaluateName,
        list: EvaluateList,
        unary: EvaluateUnary,
        binary: EvaluateBinary);

    /// <summary>The word of an expression that is a bare name; null for any other.</summary>
    public static string? BareName(ExpressionSyntax expression) => Name(expression)?.Text;

    /// <summary>The expression as a bare name; null for any other.</summary>
    public static NameSyntax? Name(ExpressionSyntax expression) => expression.Match<NameSyntax?>(
        number: _ => null,
        text: _ => null,
        name: name => name,
        list: _ => null,
        unary: _ => null,
        binary: _ => null);

    /// <summary>The bare names in a value: itself, or those of a list.</summary>
    public static IEnumerable<NameSyntax> Names(ExpressionSyntax expression) => expression.Match<IEnumerable<NameSyntax>>(
        number: _ => [],
        text: _ => [],
        name: name => [name],
        list: list => list.Items.Select(Name).OfType<NameSyntax>(),
        unary: _ => [],
        binary: _ => []);

    /// <summary>The content of an expression that is a text in quotes; null for any other.</summary>
    public static string? PlainText(ExpressionSyntax expression) => expression.Match<string?>(
        number: _ => null,
        text: text => text.Value,
        name: _ => null,
        list: _ => null,
        unary: _ => null,
        binary: _ => null);

    /// <summary>The items of an expression that is a list; null for any other.</summary>
    public static IReadOnlyList<ExpressionSyntax>? Items(ExpressionSyntax expression) =>
        expression.Match<IReadOnlyList<ExpressionSyntax>?>(
            number: _ => null,
            text: _ => null,
            name: _ => null,
            list: list => list.Items,
            unary: _ => null,
            binary: _ => null);

    public static bool IsFlag(string name) => name is "true" or "false";

    /// <summary>Whether the name has no value and is not even like one that has: it was meant as a word.</summary>
    public bool IsWord(NameSyntax name) =>
        !environment.Holds(name.Text)
        && !IsFlag(name.Text)
        && environment.Later(name.Text) is null
        && Spelling.Nearest(name.Text, environment.Names) is null;

    private Value? EvaluateNumber(NumberSyntax number)
    {
        if (!double.IsFinite(number.Value))
            return bag.Refuse<Value>(ExpressionErrors.NotFinite(number));
        if (IsLostInteger(number))
            return bag.Refuse<Value>(ExpressionErrors.NumberBeyondRange(number.Span));
        if (number.Unit == Percent)
            return new Value.Real(number.Value / 100);
        return number.IsInteger
            ? new Value.Integer(number.Integer, number.Unit)
            : new Value.Real(number.Value, number.Unit);
    }

    /// <summary>Whether it was written as an integer that 64 bits cannot hold.</summary>
    private static bool IsLostInteger(NumberSyntax number) =>
        !number.IsInteger
        && Math.Abs(number.Value) >= long.MaxValue
        && number.Span.Text.All(character => char.IsAsciiDigit(character) || character is '_' or '-');

    private Value? EvaluateName(NameSyntax name)
    {
        if (environment.Holds(name.Text))
            return environment.Use(name.Text);
        return name.Text switch
        {
            "true" => new Value.Flag(true),
            "false" => new Value.Flag(false),
            _ => bag.Refuse<Value>(NoValue(name)),
        };
    }

    private Diagnostic NoValue(NameSyntax name)
    {
        if (name.Text == VocabularyName.Word)
            return ExpressionErrors.NoVocabulary(name);
        return environment.Later(name.Text) is { } later
            ? ExpressionErrors.LetBelowItsUse(name, later)
            : ExpressionErrors.UnknownName(name, environment.Names);
    }

    private Value.List? EvaluateList(ListSyntax list)
    {
        var items = list.Items.Select(Evaluate).ToImmutableArray();
        return items.Any(item => item is null) ? null : new Value.List([.. items.OfType<Value>()]);
    }

    private Value? EvaluateUnary(UnarySyntax unary) => Evaluate(unary.Operand) switch
    {
        null => null,
        Value.Integer { Number: long.MinValue } => bag.Refuse<Value>(ExpressionErrors.NumberBeyondRange(unary.Span)),
        Value.Integer integer => integer with { Number = -integer.Number },
        Value.Real real => real with { Number = -real.Number },
        var other => bag.Refuse<Value>(ExpressionErrors.CannotNegate(unary.Span, other)),
    };

    private Value? EvaluateBinary(BinarySyntax binary)
    {
        var (left, right) = (Evaluate(binary.Left), Evaluate(binary.Right));
        return left is null || right is null ? null : new Arithmetic(binary, bag).Apply(left, right);
    }
}
