namespace ParDsl.Compiler.Catalogue.Statements;

/// <summary><c>nodes</c> in <c>parallel</c>.</summary>
internal static class NodesStatement
{
    public static readonly ComponentRule Rule = new(
        "nodes",
        "Machines that share the ranks evenly.",
        [
            new ArgumentRule("count", ArgumentType.Integer, "How many machines.")
            {
                IsPositional = true,
                Minimum = 1,
                Maximum = 65536,
            },
        ]);
}
