namespace ParDsl.Compiler.Catalogue.Statements;

/// <summary><c>batch</c> in <c>train</c>.</summary>
internal static class BatchStatement
{
    public static readonly ComponentRule Rule = new(
        "batch",
        "The samples of one update, over all devices.",
        [
            new ArgumentRule("samples", ArgumentType.Integer, "How many samples.")
            {
                IsPositional = true,
                Minimum = 1,
                Maximum = int.MaxValue,
            },
        ]);
}
