using Microsoft.FSharp.Collections;
using ParDsl.Cli.Output;
using ParDsl.Goldens;
using Xunit;

namespace ParDsl.Cli.Tests.Terminals;

/// <summary>The table of a run's epochs on pages of several widths.</summary>
public sealed class ScreenTableTests
{
    private static readonly (string Title, int Spare)[] Columns =
        [("epoch", 0), ("train loss", 0), ("train accuracy", 2), ("validation loss", 0), ("validation accuracy", 1), ("time", 3)];

    private static readonly string[][] Rows =
        [["1", "2.2871", "0.1001", "2.2256", "0.2312", "43 ms"], ["2", "1.5812e+05", "0.6099", "1.5049", "0.6936", "2 min 05 s"]];

    [Theory]
    [InlineData(24)]
    [InlineData(40)]
    [InlineData(60)]
    [InlineData(80)]
    [InlineData(120)]
    [InlineData(int.MaxValue)]
    public void It_takes_the_form_that_fits(int columns)
    {
        var drawn = ScreenTableModule.draw(false, columns, Table());
        Assert.All(drawn.Split('\n'), line => Assert.InRange(line.Length, 0, columns));
        Golden.Check($"screens/epochs-{(columns == int.MaxValue ? "file" : columns)}.txt", drawn + "\n");
    }

    private static ScreenTable Table() => new(
        ListModule.OfSeq(Columns.Select(column => new ScreenColumn(column.Title, true, column.Spare))),
        ListModule.OfSeq(Rows.Select(row => ListModule.OfSeq(row))));
}
