namespace ParDsl.Compiler.Catalogue.Statements;

/// <summary><c>data</c> in <c>parallel</c>.</summary>
internal static class DataParallelStatement
{
    public static readonly ComponentRule Rule = new(
        "data",
        "Replicas that share each batch.",
        [
            new ArgumentRule("degree", ArgumentType.Integer, "How many replicas; left out: what is left of the devices.")
            {
                IsPositional = true,
                Default = 0L,
                Minimum = 1,
                Maximum = int.MaxValue,
            },
            new ArgumentRule("bucket", ArgumentType.Bytes, "The gradients that are reduced together; 0 B: as the planner chooses.")
            {
                Default = 0L,
                Minimum = 1,
            },
        ]);
}
