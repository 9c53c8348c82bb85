namespace ParDsl.Compiler.Catalogue.Statements;

/// <summary><c>seed</c> in <c>train</c>.</summary>
internal static class SeedStatement
{
    public static readonly ComponentRule Rule = new(
        "seed",
        "Seeds everything random: parameters, order, dropout.",
        [
            new ArgumentRule("number", ArgumentType.Integer, "Any whole number from 0.")
            {
                IsPositional = true,
                Minimum = 0,
            },
        ]);
}
