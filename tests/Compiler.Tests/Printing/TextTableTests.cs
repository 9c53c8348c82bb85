using ParDsl.Compiler.Printing;
using Xunit;

namespace ParDsl.Compiler.Tests.Printing;

/// <summary>A table on pages of several widths: whole, with its words folded, as lists.</summary>
public sealed class TextTableTests
{
    private static readonly string[] Header = ["layout", "an update", "memory"];

    private static readonly string[][] Rows =
        [["data 4; pipeline 2 schedule=zero_bubble", "2.20 ms", "19.4 MiB"], ["data 8", "12.24 ms", "23 MiB"]];

    [Fact]
    public void A_wide_page_holds_it_as_it_is() => Assert.Equal(
        """
          layout                                   an update    memory
          data 4; pipeline 2 schedule=zero_bubble    2.20 ms  19.4 MiB
          data 8                                    12.24 ms    23 MiB

        """.ReplaceLineEndings("\n"),
        TextTable.Of(Header, Rows, 62));

    [Fact]
    public void Words_are_folded_within_their_column_and_numbers_stay_whole() => Assert.Equal(
        """
                                      an
          layout                  update    memory
          data 4; pipeline 2     2.20 ms  19.4 MiB
          schedule=zero_bubble
          data 8                12.24 ms    23 MiB

        """.ReplaceLineEndings("\n"),
        TextTable.Of(Header, Rows, 42));

    [Fact]
    public void Where_no_folding_is_enough_each_row_is_a_list() => Assert.Equal(
        """
          layout     data 4; pipeline
                     2
                     schedule=zero_bubble
          an update  2.20 ms
          memory     19.4 MiB

          layout     data 8
          an update  12.24 ms
          memory     23 MiB

        """.ReplaceLineEndings("\n"),
        TextTable.Of(Header, Rows, 30));

    [Fact]
    public void A_column_without_a_title_heads_its_rows_list() => Assert.Equal(
        """
          ranks
            before  1
            after   4

            batches
            before  1.5 MiB
            after   393.3 KiB

        """.ReplaceLineEndings("\n"),
        TextTable.Of(["", "before", "after"], [["ranks", "1", "4"], ["  batches", "1.5 MiB", "393.3 KiB"]], 22));

    [Theory]
    [InlineData(40)]
    [InlineData(60)]
    [InlineData(80)]
    public void No_line_is_wider_than_the_page(int width) => Assert.All(
        TextTable.Of(Header, Rows, width).Split('\n'), line => Assert.InRange(line.Length, 0, width));
}
