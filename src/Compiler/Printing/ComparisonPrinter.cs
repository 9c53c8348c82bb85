using System.Collections.Immutable;
using ParDsl.Compiler.Comparing;

namespace ParDsl.Compiler.Printing;

/// <summary>A comparison of two plans as text: what differs in a table, what is the same in a sentence.</summary>
public static class ComparisonPrinter
{
    /// <param name="before">What the first plan is called.</param>
    /// <param name="after">What the second one is called.</param>
    public static string Print(PlanComparison comparison, string before, string after) =>
        Part("learning", "the same learning", comparison.Learning, before, after)
            + (comparison.Watching.IsEmpty ? "" : Part("metrics and checkpoints", "", comparison.Watching, before, after))
            + Part("execution", "the same execution", comparison.Execution, before, after);

    private static string Part(string title, string same, ImmutableArray<Difference> found, string before, string after) =>
        found.IsEmpty
            ? $"{same}\n"
            : $"{title}\n{TextTable.Of(["", before, after], [.. found.Select(Row)])}";

    private static string[] Row(Difference found) => [found.What, OrNone(found.Before), OrNone(found.After)];

    private static string OrNone(string text) => text.Length == 0 ? "-" : text;
}
