namespace ParDsl.Compiler.Catalogue.Sources;

/// <summary>Tokens for plans and benchmarks of language models, in any vocabulary.</summary>
internal static class SyntheticTextSource
{
    public static readonly ComponentRule Rule = new(
        "synthetic_text",
        "Random tokens, most of them told by the one before, so that they can be learned.",
        [
            new ArgumentRule("count", ArgumentType.Integer, "How many samples.")
            {
                IsPositional = true,
                Minimum = 1,
                Maximum = int.MaxValue,
            },
            new ArgumentRule("length", ArgumentType.Integer, "The tokens of one sample.")
            {
                Minimum = 1,
                Maximum = int.MaxValue,
            },
            new ArgumentRule("vocabulary", ArgumentType.Integer, "How many different tokens there are.")
            {
                Minimum = 2,
                Maximum = int.MaxValue,
            },
            new ArgumentRule("seed", ArgumentType.Integer, "Seeds the samples, apart from the run's own seed.")
            {
                Default = 0L,
                Minimum = 0,
            },
        ]);
}
