using ParDsl.Compiler.Checked;

namespace ParDsl.Compiler.Catalogue.Statements;

/// <summary><c>precision</c> in <c>train</c>.</summary>
internal static class PrecisionStatement
{
    public static readonly ComponentRule Rule = new(
        "precision",
        "The type of parameters, activations and gradients.",
        [
            new ArgumentRule("type", ArgumentType.Choice, "float32, float64, bfloat16 or float16.")
            {
                IsPositional = true,
                Choices = [.. Enum.GetValues<Precision>().Select(precision => precision.Name())],
            },
        ]);

    /// <param name="name">One of the choices, or null where the statement is missing.</param>
    public static Precision Read(string? name) =>
        Enum.GetValues<Precision>().FirstOrDefault(precision => precision.Name() == name, Precision.Float32);
}
