using ParDsl.Goldens;
using Xunit;

namespace ParDsl.Cli.Tests;

public sealed class ExplainTests
{
    private static readonly string Pages = Path.Combine(Golden.Root, "docs", "errors");

    [Fact]
    public void A_code_prints_its_page()
    {
        var result = Pardsl.Run(Golden.Root, "explain", "pd3020");
        Assert.Equal(0, result.Exit);
        Assert.Equal(File.ReadAllText(Path.Combine(Pages, "PD3020.md")).TrimEnd(), result.Output.TrimEnd());
    }

    [Fact]
    public void Without_a_code_all_pages_are_listed()
    {
        var result = Pardsl.Run(Golden.Root, "explain");
        var titles = Directory.GetFiles(Pages, "PD*.md").Order(StringComparer.Ordinal).Select(page => File.ReadLines(page).First().TrimStart('#', ' '));
        Assert.Equal(titles, result.OutputLines);
    }

    [Fact]
    public void An_unknown_code_is_told_with_its_neighbours()
    {
        var result = Pardsl.Run(Golden.Root, "explain", "PD3029");
        Assert.Equal(2, result.Exit);
        Assert.StartsWith("pardsl: there is no diagnostic `PD3029`; the nearest are `PD302", result.Error, StringComparison.Ordinal);
    }
}
