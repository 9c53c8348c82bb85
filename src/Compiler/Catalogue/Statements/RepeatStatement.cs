namespace ParDsl.Compiler.Catalogue.Statements;

/// <summary><c>repeat 6 { ... }</c>.</summary>
internal static class RepeatStatement
{
    public static readonly ComponentRule Rule = new(
        "repeat",
        "The block's layers so many times in a row, each with parameters of its own.",
        [
            new ArgumentRule("count", ArgumentType.Integer, "How many times.")
            {
                IsPositional = true,
                Minimum = 1,
            },
        ]);
}
