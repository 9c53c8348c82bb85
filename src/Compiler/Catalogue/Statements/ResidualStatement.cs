namespace ParDsl.Compiler.Catalogue.Statements;

/// <summary><c>residual { ... }</c>.</summary>
internal static class ResidualStatement
{
    public static readonly ComponentRule Rule = new(
        "residual",
        "What goes in plus what the block's layers make of it; both have the same shape, or a projection gives it.",
        [
            new ArgumentRule("projection", ArgumentType.Flag, "Whether a learned layer fits what goes in to another shape.")
            {
                Default = false,
            },
        ]);
}
