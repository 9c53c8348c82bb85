namespace ParDsl.Compiler.Catalogue.Statements;

/// <summary><c>tensor</c> in <c>parallel</c>.</summary>
internal static class TensorStatement
{
    public static readonly ComponentRule Rule = new(
        "tensor",
        "Ranks that share each layer: its outputs, inputs, heads, channels or vocabulary.",
        [
            new ArgumentRule("degree", ArgumentType.Integer, "How many ranks; left out: what is left of the devices.")
            {
                IsPositional = true,
                Default = 0L,
                Minimum = 1,
                Maximum = int.MaxValue,
            },
            new ArgumentRule(
                "sequence", ArgumentType.Flag, "Whether the places of a sequence are divided wherever each rank would have all.")
            {
                Default = false,
            },
        ]);
}
