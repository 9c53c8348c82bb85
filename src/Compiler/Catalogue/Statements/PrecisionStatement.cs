namespace ParDsl.Compiler.Catalogue.Statements;

/// <summary><c>precision</c> in <c>train</c>.</summary>
internal static class PrecisionStatement
{
    public static readonly ComponentRule Rule = new(
        "precision",
        "The type of parameters, activations and gradients.",
        [
            new ArgumentRule("type", ArgumentType.Choice, "float32 or float64.")
            {
                IsPositional = true,
                Choices = ["float32", "float64"],
            },
        ]);
}
