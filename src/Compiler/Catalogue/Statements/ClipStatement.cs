namespace ParDsl.Compiler.Catalogue.Statements;

/// <summary><c>clip</c> in <c>train</c>.</summary>
internal static class ClipStatement
{
    public static readonly ComponentRule Rule = new(
        "clip",
        "Limits the norm of the whole gradient; none does not.",
        [
            new ArgumentRule("norm", ArgumentType.Real, "The greatest 2-norm.")
            {
                IsPositional = true,
                Minimum = 0,
                ExcludesMinimum = true,
            },
        ]);
}
