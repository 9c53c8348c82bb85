using ParDsl.Compiler.Binding;
using ParDsl.Diagnostics;
using ParDsl.Source;
using ParDsl.Syntax;

namespace ParDsl.Compiler.Diagnostics;

/// <summary>PD2001 to PD2009 and PD2103: names and values in expressions and <c>let</c>.</summary>
internal static class ExpressionErrors
{
    /// <summary>More values than a sentence can list.</summary>
    private const int MostListed = 20;

    public static Diagnostic UnknownName(NameSyntax name, IEnumerable<string> known)
    {
        var names = known.ToArray();
        var near = Spelling.Nearest(name.Text, names);
        var message = names.Length == 0
            ? $"there is no value named `{name.Text}`: this program has no `let`"
            : $"there is no value named `{name.Text}`; the values here are {Listed(names)}";
        var help = near is null ? $"give it a value at the top of the file: `let {name.Text} = 64`" : $"write `{near}`";
        return Finding.Error("PD2001", name.Span, message, "no such name", help);
    }

    public static Diagnostic NoVocabulary(NameSyntax name) =>
        Finding.Error(
            "PD2103",
            name.Span,
            "`vocabulary` is the number of a text's different characters: it has a value in `model` and `train`, and only "
            + "where the source is `text`",
            "no value here",
            "write the number itself, or `source text \"book.txt\" length=128` in the data block");

    public static Diagnostic LetBelowItsUse(NameSyntax name, SourceSpan later) =>
        Finding.Error(
            "PD2001",
            name.Span,
            $"`{name.Text}` has no value here yet: a `let` can use only the names above it",
            "used here",
            $"move `let {name.Text} = ...` above this line",
            new RelatedSpan(later, "given its value here"));

    public static Diagnostic DuplicateLet(NameSyntax name, SourceSpan first) =>
        Finding.Error(
            "PD2002",
            name.Span,
            $"`{name.Text}` is given a value twice",
            "the second value",
            "remove one of the two, or name them differently",
            new RelatedSpan(first, "the first value"));

    public static Diagnostic LetOfOwnWord(NameSyntax name) =>
        Finding.Error(
            "PD2002",
            name.Span,
            $"`{name.Text}` is a value of the language itself, so a `let` cannot give it another",
            "has a value already",
            "write another name");

    public static Diagnostic UnusedLet(NameSyntax name) =>
        Finding.Warning(
            "PD2003",
            name.Span,
            $"the value `{name.Text}` is never used",
            "not used",
            "remove this `let`, or use the name in the program");

    public static Diagnostic WrongOperands(BinarySyntax binary, Value left, Value right) =>
        Finding.Error(
            "PD2004",
            binary.Span,
            $"`{Arithmetic.Symbol(binary.Operator)}` works on two plain numbers, but here it stands between "
            + $"{ValueText.Describe(left)} and {ValueText.Describe(right)}",
            $"{ValueText.Write(left)} {Arithmetic.Symbol(binary.Operator)} {ValueText.Write(right)}",
            "use plain numbers on both sides; what has a unit is written out, as in `200 steps`");

    public static Diagnostic CannotNegate(SourceSpan span, Value value) =>
        Finding.Error(
            "PD2004",
            span,
            $"`-` works on a number, but here it stands before {ValueText.Describe(value)}",
            "not a number",
            "write a number behind `-`");

    public static Diagnostic NumberBeyondRange(SourceSpan span) =>
        Finding.Error(
            "PD2005",
            span,
            $"the number `{span.Text}` is beyond what 64 bits hold; whole numbers go up to {Wording.Number(long.MaxValue)}",
            "too large",
            "write a smaller number");

    /// <summary>A script's <c>nan</c> or <c>infinity</c>: no file can write them.</summary>
    public static Diagnostic NotFinite(NumberSyntax number) =>
        Finding.Error(
            "PD2005",
            number.Span,
            $"the number {Wording.Number(number.Value)} is not finite, and a finite one was expected",
            "not finite",
            "write a finite number");

    public static Diagnostic ResultBeyondRange(BinarySyntax binary, string left, string right) =>
        Finding.Error(
            "PD2005",
            binary.Span,
            $"`{left} {Arithmetic.Symbol(binary.Operator)} {right}` is beyond what 64 bits hold; "
            + $"whole numbers go up to {Wording.Number(long.MaxValue)}, others to about 1.8e308",
            "too large",
            "write smaller numbers");

    public static Diagnostic DivisionByZero(BinarySyntax binary, string left) =>
        Finding.Error(
            "PD2006",
            binary.Span,
            $"`{left} {Arithmetic.Symbol(binary.Operator)} 0` divides by zero",
            binary.Right.Span.Words is var divisor && divisor == "0" ? "the divisor is 0" : $"{divisor} is 0",
            "write a divisor that is not 0");

    public static Diagnostic LetInBlock(LetSyntax binding, string block) =>
        Finding.Error(
            "PD2007",
            binding.Span,
            $"`let {binding.Name.Text}` stands inside `{block}`, but a `let` belongs outside of all blocks",
            "not here",
            $"move this line above `{block}`");

    private static string Listed(string[] names) => names.Length <= MostListed
        ? Wording.And(names)
        : $"{string.Join(", ", names.Take(MostListed).Select(Wording.Quote))} and {Wording.Number(names.Length - MostListed)} more";
}
