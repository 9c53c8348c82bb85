namespace ParDsl.Compiler.Catalogue.Statements;

/// <summary><c>check_replicas</c> in <c>parallel</c>.</summary>
internal static class CheckReplicasStatement
{
    public static readonly ComponentRule Rule = new(
        "check_replicas",
        "Compares the replicas' weights, and stops the run where they differ.",
        [
            new ArgumentRule("every", ArgumentType.Duration, "How often.") { Default = "100 steps", Minimum = 1 },
        ]);
}
