namespace ParDsl.Compiler.Catalogue.Statements;

/// <summary><c>sequential { ... }</c>.</summary>
internal static class SequentialStatement
{
    public static readonly ComponentRule Rule = new(
        "sequential",
        "The block's layers, under a name of their own.",
        []);
}
