namespace ParDsl.Compiler.Catalogue.Statements;

/// <summary><c>shuffle</c> in <c>train</c>.</summary>
internal static class ShuffleStatement
{
    public static readonly ComponentRule Rule = new(
        "shuffle",
        "Whether each epoch has its own order; otherwise samples come in file order.",
        [
            new ArgumentRule("enabled", ArgumentType.Flag, "true or false.") { IsPositional = true },
        ]);
}
