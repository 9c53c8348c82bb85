namespace ParDsl.Compiler.Catalogue.Statements;

/// <summary><c>accumulate</c> in <c>train</c>.</summary>
internal static class AccumulateStatement
{
    public static readonly ComponentRule Rule = new(
        "accumulate",
        "Cuts each update's batch into micro-batches, one after the other.",
        [
            new ArgumentRule("count", ArgumentType.Integer, "How many micro-batches.")
            {
                IsPositional = true,
                Minimum = 1,
                Maximum = int.MaxValue,
            },
        ]);
}
