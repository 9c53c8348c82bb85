namespace ParDsl.Compiler.Catalogue.Statements;

/// <summary><c>validation 10%</c>.</summary>
internal static class ValidationStatement
{
    public static readonly ComponentRule Rule = new(
        "validation",
        "The share of the training samples that is kept back for validation.",
        [
            new ArgumentRule("fraction", ArgumentType.Real, "From 0 to below 1: 10% or 0.1.")
            {
                IsPositional = true,
                Minimum = 0,
                Maximum = 1,
                ExcludesMaximum = true,
            },
        ]);
}
