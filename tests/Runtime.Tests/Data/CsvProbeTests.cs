using System.Collections.Immutable;
using System.Text;
using ParDsl.Compiler.Checked;
using ParDsl.Compiler.Data;
using ParDsl.Diagnostics;
using ParDsl.Runtime.Data;
using Xunit;

namespace ParDsl.Runtime.Tests.Data;

public sealed class CsvProbeTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_file_without_header_has_all_but_its_last_column_as_input()
    {
        var found = Describe("1,2,0\n3,4,1\n5,6,2\n");
        Assert.Equal(new DatasetDescription(Shape.Of(2), 1, 3, 0), found);
    }

    [Fact]
    public void A_first_line_with_a_word_in_it_is_a_header() => Assert.Equal(2, Describe("a,b,c\n1,2,0\n3,4,1\n")?.TrainingCount);

    [Fact]
    public void Gzip_is_told_by_its_magic_bytes_not_its_name()
    {
        folder.Write("data.csv", TemporaryFolder.Gzip(Encoding.UTF8.GetBytes("1,2,0\n3,4,1\n")));
        Assert.Equal(2, DatasetProbe.Describe(DataRequests.Csv(folder, "data.csv")).Value?.TrainingCount);
    }

    [Fact]
    public void Byte_order_mark_carriage_returns_quotes_and_a_missing_last_line_end_are_read() =>
        Assert.Equal(2, Describe("\uFEFF\"a\",b,c\r\n\"1\", 2 ,0\r\n1e-3,-4.5,1")?.TrainingCount);

    [Fact]
    public void Columns_are_chosen_by_name_position_and_range()
    {
        folder.Write("data.csv", "id,x1,x2,x3,y\n7,1,2,3,0\n");
        var request = DataRequests.Csv(folder, "data.csv") with { InputColumns = ["x1..x2", "3"], TargetColumns = ["y"] };
        Assert.Equal(Shape.Of(3), DatasetProbe.Describe(request).Value?.Input);
    }

    [Fact]
    public void A_file_larger_than_the_limit_is_not_counted()
    {
        var line = string.Join(',', Enumerable.Repeat("12345678", 1000)) + ",1\n";
        var found = Describe(string.Concat(Enumerable.Repeat(line, 2000)));
        Assert.Equal(Shape.Of(1000), found?.Input);
        Assert.Null(found?.TrainingCount);
    }

    [Theory]
    [InlineData("", "PD5012", "`data.csv` holds no samples")]
    [InlineData("a,b\n", "PD5012", "`data.csv` holds no samples")]
    [InlineData("1,2,0\n3,4\n5,6,1\n7,8,9,1\n", "PD5009", "`data.csv:2` has 2 values where the first line has 3 (2 such lines: also `data.csv:4`)")]
    [InlineData("a,b\n1,0\n  \n", "PD5009", "`data.csv:3` has 1 value where the first line has 2")]
    [InlineData("a,b,c\n1,2,0\n3,abc,1\n", "PD5010", "column 1 (`b`) of `data.csv:3` holds `abc`, and a finite number was expected")]
    [InlineData("1,2,0\n3,,1\n", "PD5010", "column 1 of `data.csv:2` is empty, and a finite number was expected")]
    [InlineData("1,2,0\nNaN,inf,1\n1e999,1,1\n", "PD5010", "column 0 of `data.csv:2` holds `NaN`, and a finite number was expected (3 such cells: also column 1 of `data.csv:2`; column 0 of `data.csv:3`)")]
    [InlineData("1,2,0\n3,4,3\n", "PD5011", "column 2 of `data.csv:2` holds `3`, and a class was expected, a whole number from 0 to 2")]
    [InlineData("1,2,0\n3,4,1.5\n", "PD5011", "column 2 of `data.csv:2` holds `1.5`, and a class was expected, a whole number from 0 to 2")]
    [InlineData("1,2,0\n3,4,-1\n", "PD5011", "column 2 of `data.csv:2` holds `-1`, and a class was expected, a whole number from 0 to 2")]
    [InlineData("1\n2\n", "PD5015", "`data.csv` has 1 column, the target takes 1, and none is left for the input")]
    [InlineData("1,2,0\n3,\"4,1\n5,6,2\n", "PD5017", "`data.csv:2` has a double quote that nothing closes, or one inside a value")]
    [InlineData("\0\u0001\u0002,3\n", "PD5017", "`data.csv:1` holds bytes that are no text")]
    public void A_broken_file_has_one_message_for_each_kind_of_mistake(string text, string code, string message)
    {
        var found = Assert.Single(Mistakes(text));
        Assert.Equal((code, message), (found.Code, found.Message));
    }

    [Fact]
    public void Every_kind_of_mistake_is_found_at_once()
    {
        var codes = Mistakes("1,2,0\n3,x,1\n5,6\n7,8,99\n").Select(mistake => mistake.Code);
        Assert.Equal(["PD5009", "PD5010", "PD5011"], codes);
    }

    [Fact]
    public void A_line_without_end_is_refused_before_it_fills_the_memory()
    {
        var found = Assert.Single(Mistakes(new string('1', 100_000_000)));
        Assert.Equal("PD5017", found.Code);
        Assert.StartsWith("`data.csv:1` starts a line of more than 16 MiB", found.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("x4", "PD5008", "`data.csv` has no column `x4`; it has `id`, `x1`, `x2`, `y`", "columns=[\"x1\"]")]
    [InlineData("9", "PD5008", "`data.csv` has no column `9`; it has `id`, `x1`, `x2`, `y`", "columns=[\"0..3\"]")]
    [InlineData("x2..x1", "PD5019", "the range `x2..x1` runs backwards: it starts at column 2 and ends at column 1", "columns=[\"1..2\"]")]
    [InlineData("y", "PD5016", "column 3 (`y`) is both input and target: the model would be given its answer", null)]
    public void Columns_that_cannot_be_are_refused(string column, string code, string message, string? help)
    {
        folder.Write("data.csv", "id,x1,x2,y\n7,1,2,0\n");
        var request = DataRequests.Csv(folder, "data.csv") with { InputColumns = [column] };
        var found = Assert.Single(DatasetProbe.Describe(request).Diagnostics);
        Assert.Equal((code, message), (found.Code, found.Message));
        Assert.Equal(help ?? found.Help, found.Help);
    }

    [Theory]
    [InlineData("x")]
    [InlineData("x..y")]
    public void A_name_that_several_columns_have_is_refused(string column)
    {
        folder.Write("data.csv", "x,y,x,z\n7,1,2,0\n");
        var found = Assert.Single(
            DatasetProbe.Describe(DataRequests.Csv(folder, "data.csv") with { InputColumns = [column] }).Diagnostics);
        Assert.Equal(
            ("PD5020", "`data.csv` has 2 columns named `x`, at the positions 0 and 2, and one was expected"),
            (found.Code, found.Message));
        Assert.Equal("write the position: columns=[0]", found.Help);
    }

    [Fact]
    public void Columns_of_one_name_have_their_positions()
    {
        folder.Write("data.csv", "x,y,x,z\n7,1,2,0\n");
        var request = DataRequests.Csv(folder, "data.csv") with { InputColumns = ["0", "2"], TargetColumns = ["z"] };
        Assert.Equal(Shape.Of(2), DatasetProbe.Describe(request).Value?.Input);
    }

    [Fact]
    public void That_a_class_takes_one_column_is_left_to_the_checker()
    {
        folder.Write("data.csv", "7,1,2,99\n");
        var found = DatasetProbe.Describe(DataRequests.Csv(folder, "data.csv") with { TargetColumns = ["2", "3"] });
        Assert.Empty(found.Diagnostics);
        Assert.Equal(2, found.Value?.TargetValueCount);
    }

    [Theory]
    [InlineData("")]
    [InlineData("ab")]
    [InlineData("1")]
    [InlineData("\"")]
    public void A_delimiter_is_one_sign(string delimiter)
    {
        folder.Write("data.csv", "1,2,0\n");
        var request = DataRequests.Csv(folder, "data.csv");
        var arguments = new CheckedArguments(request.Source.Arguments.Values.SetItem("delimiter", delimiter));
        var found = DatasetProbe.Describe(request with { Source = request.Source with { Arguments = arguments } });
        Assert.Equal("PD5018", Assert.Single(found.Diagnostics).Code);
    }

    private DatasetDescription? Describe(string text) => DatasetProbe.Describe(DataRequests.Csv(folder.Write("data.csv", text), "data.csv")).Value;

    private ImmutableArray<Diagnostic> Mistakes(string text)
    {
        var found = DatasetProbe.Describe(DataRequests.Csv(folder.Write("data.csv", text), "data.csv"));
        Assert.Null(found.Value);
        return found.Diagnostics;
    }
}
