namespace ParDsl.Compiler.Catalogue.Statements;

/// <summary><c>epochs</c> in <c>train</c>.</summary>
internal static class EpochsStatement
{
    public static readonly ComponentRule Rule = new(
        "epochs",
        "How long to train, in passes over the training samples.",
        [
            new ArgumentRule("count", ArgumentType.Integer, "How many passes.")
            {
                IsPositional = true,
                Minimum = 1,
                Maximum = int.MaxValue,
            },
        ]);
}
