namespace ParDsl.Compiler.Catalogue.Statements;

/// <summary><c>recompute</c> in <c>parallel</c>.</summary>
internal static class RecomputeStatement
{
    /// <summary>The word for all layers, in runs of a length that is chosen.</summary>
    public const string All = "all";

    public static readonly ComponentRule Rule = new(
        "recompute",
        "Keeps no activations within runs of layers, and computes them again for the backward pass.",
        [
            new ArgumentRule("what", ArgumentType.Choice, "Runs as long as the square root of the number of layers.")
            {
                IsPositional = true,
                Default = All,
                Choices = [All],
            },
            new ArgumentRule("every", ArgumentType.Integer, "The layers of a run; 0: as `all` chooses.")
            {
                Default = 0L,
                Minimum = 1,
                Maximum = int.MaxValue,
            },
        ]);
}
