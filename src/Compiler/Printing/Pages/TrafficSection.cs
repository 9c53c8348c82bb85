using ParDsl.Compiler.Diagnostics;
using ParDsl.Compiler.Plans;

namespace ParDsl.Compiler.Printing.Pages;

/// <summary>The bytes that an update moves: collectives by group, messages between stages, and all of them by rank.</summary>
internal static class TrafficSection
{
    private const int MostRows = 200;

    public static void Write(HtmlWriter html, ExecutionPlan plan)
    {
        using (html.Within("section", ("id", "traffic")))
        {
            html.Element("h2", "What an update moves");
            if (plan.Groups.IsEmpty)
                html.Element("p", "Nothing: there is one rank.", ("class", "note"));
            else
                Tables(html, plan);
        }

        html.Line();
    }

    private static void Tables(HtmlWriter html, ExecutionPlan plan)
    {
        Table(
            html,
            "By each rank",
            ["ranks", "collectives", "messages received", "in all"],
            [
                .. RankFold.By(plan, UpdateTraffic.OfRanks(plan)).Select(same => (string[])
                [
                    RankFold.Words(same.Ranks),
                    ByteText.Of(same.Value.CollectiveBytes),
                    ByteText.Of(same.Value.MessageBytes),
                    ByteText.Of(same.Value.TotalBytes),
                ]),
            ]);
        string[][] collectives = [.. Collectives(plan)];
        if (collectives.Length > 0)
            Table(html, "Collectives", ["over", "groups", "what", "times", "bytes of each", "sent by each rank"], collectives);
        string[][] messages = [.. Messages(plan)];
        if (messages.Length > 0)
            Table(html, "Messages between stages", ["from", "to", "what", "times", "bytes in all"], messages);
    }

    private static void Table(HtmlWriter html, string title, string[] header, string[][] rows) => HtmlTable.Write(
        html, rows.Length > MostRows ? $"{title}: {MostRows} of {rows.Length}" : title, header, rows.Length > MostRows ? rows[..MostRows] : rows);

    private static IEnumerable<string[]> Collectives(ExecutionPlan plan) => plan.Groups
        .Select(group => (group, totals: CollectiveKinds.Of(plan, group)))
        .Where(table => table.totals.Length > 0)
        .GroupBy(table => (Words: PlanNames.Group(table.group), Rows: string.Join('\n', (IEnumerable<CollectiveKinds>)table.totals)))
        .SelectMany(same => same.First().totals.Select(total => (string[])
        [
            same.Key.Words,
            RankFold.Groups([.. same.Select(table => table.group)]),
            total.What,
            Wording.Number(total.Times),
            total.Bytes,
            ByteText.Of(total.MovedBytes),
        ]));

    private static IEnumerable<string[]> Messages(ExecutionPlan plan) => MessageTotals.InReplicas(plan).Select(message => (string[])
    [
        RankFold.Words(message.From),
        RankFold.Words(message.To),
        (message.First.IsGradient ? "gradient of " : "") + PlanNames.Layer(plan, message.First.Value),
        Wording.Number(message.First.Times),
        ByteText.Of(message.First.Bytes),
    ]);
}
