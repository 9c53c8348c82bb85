using System.Collections.Immutable;
using System.Globalization;
using ParDsl.Compiler.Catalogue;
using ParDsl.Source;
using ParDsl.Syntax;

namespace ParDsl.Compiler.Binding;

/// <summary>A checked value as the expression that gives it: binding that expression again gives the same value.</summary>
internal static class WrittenValue
{
    /// <summary>Above this, a whole double may have more digits than it tells apart: 2^53.</summary>
    private const double GreatestExactInteger = 9007199254740992;

    public static ExpressionSyntax Of(ArgumentType type, object value) => value switch
    {
        long integer => Integer(integer),
        double real => Real(real),
        bool flag => Name(flag ? "true" : "false"),
        ImmutableArray<long> { Length: 2 } pair when type == ArgumentType.IntegerPair && pair[0] == pair[1] => Integer(pair[0]),
        ImmutableArray<long> integers => Integers(integers),
        ImmutableArray<string> texts => List(texts.Select(Text)),
        string text when type == ArgumentType.Text => Text(text),
        string duration when type == ArgumentType.Duration => Duration(duration.Split(' ')),
        string word => Name(word),
        _ => throw new ArgumentOutOfRangeException(nameof(value), value, null),
    };

    public static ExpressionSyntax Integer(long value, string unit = "") =>
        ExpressionSyntax.NewNumber(new NumberSyntax(value, true, value, unit, SourceSpan.Nowhere));

    /// <summary>A whole number stands without a point, as one would write it.</summary>
    public static ExpressionSyntax Real(double value) => double.IsInteger(value) && Math.Abs(value) <= GreatestExactInteger
        ? Integer((long)value)
        : ExpressionSyntax.NewNumber(new NumberSyntax(value, false, 0, "", SourceSpan.Nowhere));

    public static ExpressionSyntax Integers(IEnumerable<long> values) => List(values.Select(value => Integer(value)));

    public static ExpressionSyntax Name(string word) => ExpressionSyntax.NewName(new NameSyntax(word, SourceSpan.Nowhere));

    public static ExpressionSyntax Text(string content) => ExpressionSyntax.NewText(new TextSyntax(content, SourceSpan.Nowhere));

    private static ExpressionSyntax List(IEnumerable<ExpressionSyntax> items) =>
        ExpressionSyntax.NewList(new ListSyntax([.. items], SourceSpan.Nowhere));

    private static ExpressionSyntax Duration(string[] words) =>
        Integer(long.Parse(words[0], CultureInfo.InvariantCulture), words[1]);
}
