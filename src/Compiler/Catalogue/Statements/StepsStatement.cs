namespace ParDsl.Compiler.Catalogue.Statements;

/// <summary><c>steps</c> in <c>train</c>.</summary>
internal static class StepsStatement
{
    public static readonly ComponentRule Rule = new(
        "steps",
        "How long to train, in updates.",
        [
            new ArgumentRule("count", ArgumentType.Integer, "How many updates.") { IsPositional = true, Minimum = 1 },
        ]);
}
