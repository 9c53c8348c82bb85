namespace ParDsl.Compiler.Catalogue.Statements;

/// <summary><c>checkpoint</c> in <c>train</c>.</summary>
internal static class CheckpointStatement
{
    /// <summary>What <c>best</c> may name beside the metrics.</summary>
    public const string Loss = "loss";

    public const long DefaultKeep = 3;

    public static readonly ComponentRule Rule = new(
        "checkpoint",
        "When the state of the run is written, and how much of it stays.",
        [
            new ArgumentRule("every", ArgumentType.Interval, "How often, beside the one at the run's end.")
            {
                Default = "",
                Minimum = 0,
                ExcludesMinimum = true,
            },
            new ArgumentRule("keep", ArgumentType.Integer, "How many of the last ones stay.")
            {
                Default = DefaultKeep,
                Minimum = 1,
                Maximum = int.MaxValue,
            },
            new ArgumentRule("best", ArgumentType.Choice, "By which number on validation the best one stays, too.")
            {
                Default = "",
                Choices = [Loss, .. MetricCatalogue.Rules.Select(metric => metric.Name)],
            },
        ]);

    /// <summary>The statement as it is written with every argument that says something.</summary>
    public static IEnumerable<(string Name, object Value)> Written(Checked.CheckpointRequest request)
    {
        if (request.Every.Length > 0)
            yield return ("every", request.Every);
        yield return ("keep", (long)request.Keep);
        if (request.Best.Length > 0)
            yield return ("best", request.Best);
    }
}
