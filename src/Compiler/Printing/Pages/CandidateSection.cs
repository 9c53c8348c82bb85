using System.Collections.Immutable;
using ParDsl.Compiler.Costs;
using ParDsl.Compiler.Plans;

namespace ParDsl.Compiler.Printing.Pages;

/// <summary>The layouts that were compared, the fastest first, and why others were not taken; nothing where none were.</summary>
internal static class CandidateSection
{
    private const int MostShown = 20;
    private const int MostRejected = 100;

    public static void Write(HtmlWriter html, ExecutionPlan plan)
    {
        if (plan.Candidates.IsEmpty)
            return;
        var possible = plan.Candidates.Where(candidate => candidate.Rejection.Length == 0).ToImmutableArray();
        var rejected = plan.Candidates.Where(candidate => candidate.Rejection.Length > 0).ToImmutableArray();
        using (html.Within("section", ("id", "candidates")))
        {
            html.Element("h2", "Layouts that were compared");
            html.Element("p", $"{possible.Length} can run, {rejected.Length} cannot.", ("class", "note"));
            if (!possible.IsEmpty)
                Possible(html, plan, possible);
            if (!rejected.IsEmpty)
                Rejected(html, rejected);
        }

        html.Line();
    }

    private static void Possible(HtmlWriter html, ExecutionPlan plan, ImmutableArray<LayoutCandidate> candidates)
    {
        var best = candidates[0].StepSeconds;
        HtmlTable.Write(
            html,
            Title("Those that can run, the fastest first", candidates.Length, MostShown),
            ["layout", "update", "against the first", "samples/s", "memory of a rank", "what binds it"],
            [
                .. candidates.Take(MostShown).Select(candidate => (string[])
                [
                    candidate.Layout,
                    candidate.StepSeconds is { } seconds ? Quantity.Seconds(seconds) : "-",
                    best is { } first && candidate.StepSeconds is { } own ? Quantity.Difference(first, own) : "-",
                    candidate.StepSeconds is { } time ? Quantity.Count((long)Math.Round(plan.Batch.GlobalBatch / time)) : "-",
                    ByteText.Of(candidate.MemoryBytes),
                    candidate.Binding,
                ]),
            ]);
    }

    private static void Rejected(HtmlWriter html, ImmutableArray<LayoutCandidate> candidates)
    {
        using var _ = html.Within("details");
        html.Element("summary", $"{candidates.Length} that cannot run, and why");
        HtmlTable.Write(
            html,
            Title("Those that cannot run", candidates.Length, MostRejected),
            ["layout", "why", "where"],
            [.. candidates.Take(MostRejected).Select(candidate => (string[])[candidate.Layout, candidate.Rejection, Place(candidate)])]);
    }

    private static string Title(string title, int count, int most) => count > most ? $"{title}: {most} of {count}" : title;

    private static string Place(LayoutCandidate candidate) => candidate.Place.IsNowhere
        ? "-"
        : $"{candidate.Place.File.Path}:{candidate.Place.StartPosition.Line}";
}
