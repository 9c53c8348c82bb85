using System.Collections.Immutable;
using ParDsl.Compiler.Diagnostics;
using ParDsl.Compiler.Plans;

namespace ParDsl.Compiler.Printing.Pages;

/// <summary>What an update issues in a group, those of many layers together: <see cref="CollectiveTotals"/> tells them one by one.</summary>
internal static class CollectiveKinds
{
    public static ImmutableArray<CollectiveTotals> Of(ExecutionPlan plan, GroupPlan group) =>
    [
        .. IssuedCollective.Of(plan.Ranks[group.Ranks[0]].Update)
            .Where(issued => issued.Group == group.Index)
            .GroupBy(issued => (issued.Kind, Subject: issued.Layer is null ? issued.Subject : "", Pass: Pass(issued), issued.Bytes))
            .Select(same => new CollectiveTotals(
                $"{same.Key.Kind.Words()} {Subject(plan, [.. same])}{same.Key.Pass}",
                same.Count(),
                same.Key.Bytes,
                same.Count() * same.Key.Kind.MovedBytes(same.Key.Bytes, group.Ranks.Length))),
    ];

    private static string Subject(ExecutionPlan plan, IssuedCollective[] same)
    {
        var layers = same.Select(issued => issued.Layer).OfType<int>().Distinct().Order().ToArray();
        return layers switch
        {
            [] => $"of {same[0].Subject}",
            [var single] => $"in {PlanNames.Layer(plan, single)}",
            _ => $"in {Wording.Count(layers.Length, "layer")}, {PlanNames.Layer(plan, layers[0])} to {PlanNames.Layer(plan, layers[^1])}",
        };
    }

    /// <summary>The pass without the number of its micro-batch.</summary>
    private static string Pass(IssuedCollective issued) =>
        issued.Pass.Length == 0 ? "" : $",{issued.Pass[..issued.Pass.LastIndexOf(' ')].Replace(" in ", " ", StringComparison.Ordinal)}";
}
