namespace ParDsl.Compiler.Catalogue.Sources;

/// <summary>Data for tests, articles and benchmarks.</summary>
internal static class SyntheticSource
{
    public static readonly ComponentRule Rule = new(
        "synthetic",
        "Random inputs, and targets from a fixed random network, so that they can be learned.",
        [
            new ArgumentRule("count", ArgumentType.Integer, "How many samples.")
            {
                IsPositional = true,
                Minimum = 1,
                Maximum = int.MaxValue,
            },
            new ArgumentRule("seed", ArgumentType.Integer, "Seeds the samples, apart from the run's own seed.")
            {
                Default = 0L,
                Minimum = 0,
            },
        ]);
}
