using System.Collections.Immutable;
using ParDsl.Compiler.Plans;

namespace ParDsl.Compiler.Printing.Pages;

/// <summary>What each rank's device must hold at once: a bar for ranks that need the same, and the numbers.</summary>
internal static class MemorySection
{
    private const int MostRows = 64;

    /// <summary>Where every rank needs less than this share of its device, the bars are drawn to the fullest rank.</summary>
    private const double SmallShare = 0.2;

    public static void Write(HtmlWriter html, ExecutionPlan plan)
    {
        var all = RankFold.By(plan, rank => (rank.Memory, rank.Device.MemoryBytes)).ToArray();
        var rows = all.Take(MostRows).ToArray();
        var parts = MemoryPart.All.Where(part => rows.Any(row => part.Bytes(row.Value.Memory) > 0)).ToImmutableArray();
        var fullest = rows.Max(row => row.Value.Memory.TotalBytes);
        var isSmall = rows.All(row => row.Value.Memory.TotalBytes < SmallShare * row.Value.MemoryBytes);
        using (html.Within("section", ("id", "memory")))
        {
            html.Element("h2", "Memory of each rank");
            html.Element("p", Scale(isSmall, rows.Length, all.Length), ("class", "note"));
            Legend(html, parts);
            foreach (var (ranks, (memory, device)) in rows)
                Bar(html, ranks, memory, device, Math.Max(1, isSmall ? fullest : Math.Max(device, memory.TotalBytes)), parts);
            HtmlTable.Write(
                html,
                "Memory by what it holds",
                ["ranks", .. parts.Select(part => part.Name), "total", "of the device"],
                [.. rows.Select(row => Numbers(row.Ranks, row.Value.Memory, row.Value.MemoryBytes, parts))]);
        }

        html.Line();
    }

    /// <summary>Nothing where the device is not known yet: that of another machine.</summary>
    private static string Of(long device) => device > 0 ? $" of {ByteText.Of(device)}" : "";

    private static string Scale(bool isSmall, int drawn, int all)
    {
        var scale = isSmall
            ? "The plan's peak. Bars are drawn to the fullest rank, since all need little of their devices."
            : "The plan's peak. A bar's whole width is the device's memory.";
        return drawn < all ? $"{scale} The first {drawn} of {all} kinds of ranks are shown." : scale;
    }

    private static void Bar(
        HtmlWriter html,
        ImmutableArray<int> ranks,
        MemoryEstimate memory,
        long device,
        long scale,
        ImmutableArray<MemoryPart> parts)
    {
        using var _ = html.Within("div", ("class", "memory"));
        html.Element("span", RankFold.Words(ranks), ("class", "who"), ("title", RankFold.Words(ranks)));
        using (html.Within("svg", ("height", "18"), ("role", "img"), ("aria-label", $"{RankFold.Words(ranks)}: {ByteText.Of(memory.TotalBytes)}{Of(device)}")))
        {
            html.Empty("rect", ("class", "track"), ("width", "100%"), ("height", "18"));
            var start = 0L;
            foreach (var part in parts)
            {
                var size = part.Bytes(memory);
                using (html.Within(
                    "rect",
                    ("class", part.Key),
                    ("x", Quantity.Place((double)start / scale)),
                    ("width", Quantity.Place((double)size / scale)),
                    ("height", "18")))
                {
                    html.Element("title", $"{part.Name}: {ByteText.Of(size)}");
                }

                start += size;
            }
        }

        html.Element("span", $"{ByteText.Of(memory.TotalBytes)}", ("class", "number"));
        html.Line();
    }

    private static string[] Numbers(
        ImmutableArray<int> ranks,
        MemoryEstimate memory,
        long device,
        ImmutableArray<MemoryPart> parts) =>
    [
        RankFold.Words(ranks),
        .. parts.Select(part => ByteText.Of(part.Bytes(memory))),
        ByteText.Of(memory.TotalBytes),
        device > 0 ? Quantity.Percent((double)memory.TotalBytes / device) : "-",
    ];

    private static void Legend(HtmlWriter html, ImmutableArray<MemoryPart> parts)
    {
        using var _ = html.Within("ul", ("class", "legend"));
        foreach (var part in parts)
        {
            using (html.Within("li"))
            {
                html.Element("span", "", ("class", $"swatch {part.Key}"));
                html.Text(part.Name);
            }
        }
    }
}
