using System.Collections.Immutable;
using ParDsl.Compiler.Comparing;
using ParDsl.Printing;

namespace ParDsl.Compiler.Printing;

/// <summary>A comparison of two plans as text: what differs in a table, what is the same in a sentence.</summary>
public static class ComparisonPrinter
{
    /// <param name="before">What the first plan is called.</param>
    /// <param name="after">What the second one is called.</param>
    /// <param name="width">The columns of a terminal, which tables keep to.</param>
    public static string Print(PlanComparison comparison, string before, string after, int width = TextFold.Unbounded)
    {
        // Long paths would leave the page's columns no room for what differs.
        var isLong = Math.Max(before.Length, after.Length) > width / 4;
        string[] header = isLong ? ["", "before", "after"] : ["", before, after];
        return (isLong ? $"before  {before}\nafter   {after}\n" : "")
            + Part("learning", "the same learning", comparison.Learning, header, width)
            + (comparison.Watching.IsEmpty ? "" : Part("metrics and checkpoints", "", comparison.Watching, header, width))
            + Part("execution", "the same execution", comparison.Execution, header, width);
    }

    private static string Part(string title, string same, ImmutableArray<Difference> found, string[] header, int width) =>
        found.IsEmpty
            ? $"{same}\n"
            : $"{title}\n{TextTable.Of(header, [.. found.Select(Row)], width)}";

    private static string[] Row(Difference found) => [found.What, OrNone(found.Before), OrNone(found.After)];

    private static string OrNone(string text) => text.Length == 0 ? "-" : text;
}
