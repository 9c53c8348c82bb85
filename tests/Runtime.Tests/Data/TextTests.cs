using ParDsl.Compiler.Checked;
using ParDsl.Compiler.Data;
using ParDsl.Runtime.Data;
using Xunit;

namespace ParDsl.Runtime.Tests.Data;

public sealed class TextTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Tokens_are_the_different_characters_in_code_point_order_and_targets_come_next()
    {
        var (inputs, targets) = Read("ba😀bab", length: 2);
        Assert.Equal([[1, 0], [2, 1]], inputs);
        Assert.Equal([[0, 2], [1, 0]], targets);
    }

    [Fact]
    public void A_description_counts_whole_blocks_with_a_character_behind_them()
    {
        Assert.Equal(new DatasetDescription(Shape.Of(3), 3, 2, 0) { Vocabulary = 4 }, Describe("abcdabc", 3));
        Assert.Equal(1, Describe("abcdab", 3).TrainingCount);
    }

    [Fact]
    public void A_byte_order_mark_is_no_character_and_line_ends_are() =>
        Assert.Equal(3, Describe("\uFEFFa\r\na\r\n", 2).Vocabulary);

    [Fact]
    public void A_character_may_lie_across_the_reader_s_buffers()
    {
        var text = new string('x', (1 << 16) - 1) + "é" + new string('y', 10);
        Assert.Equal(3, Describe(text, 10).Vocabulary);
    }

    [Fact]
    public void A_gzip_file_is_unpacked()
    {
        folder.Write("book.txt", TemporaryFolder.Gzip([.. "abcabcabc"u8]));
        Assert.Equal(4, Describe(2).TrainingCount);
    }

    [Theory]
    [InlineData(new byte[] { 0x61, 0x62, 0xFF, 0x63 }, "byte 2, 0xFF")]
    [InlineData(new byte[] { 0x61, 0x62, 0x63, 0xC3 }, "byte 3, 0xC3")]
    [InlineData(new byte[] { 0x61, 0xED, 0xA0, 0x80 }, "byte 1, 0xED")]
    public void Bytes_that_are_no_UTF8_are_named_with_their_place(byte[] bytes, string place)
    {
        folder.Write("book.txt", bytes);
        var found = Mistake(2);
        Assert.Equal("PD5040", found.Code);
        Assert.Contains(place, found.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", 4, "PD5012")]
    [InlineData("\uFEFF", 4, "PD5012")]
    [InlineData("aaaaaa", 4, "PD5042")]
    [InlineData("abcd", 4, "PD5041")]
    [InlineData("ab", int.MaxValue, "PD5041")]
    public void A_text_that_has_nothing_to_learn_is_refused(string text, int length, string code)
    {
        folder.Write("book.txt", text);
        Assert.Equal(code, Mistake(length).Code);
    }

    [Fact]
    public void A_missing_file_is_told() => Assert.Equal("PD5001", Mistake(4).Code);

    [Fact]
    public void A_text_that_has_changed_since_it_was_checked_is_refused()
    {
        folder.Write("book.txt", "abcabcabc");
        var data = Checked(Describe(2) with { Vocabulary = 5 }, 0);
        var failure = Assert.Throws<RunFailedException>(() => DatasetReader.Read(data, DataRequests.Training(shuffle: true)));
        Assert.Equal("PD5043", failure.Diagnostic.Code);
    }

    [Fact]
    public void Validation_is_the_end_of_the_text_though_samples_are_shuffled()
    {
        folder.Write("book.txt", string.Concat(Enumerable.Repeat("abcdefghij", 10)) + "a");
        var data = DatasetReader.Read(Checked(Describe(10), 0.3), DataRequests.Training(shuffle: true));
        Assert.Equal([0, 1, 2, 3, 4, 5, 6], data.Training.Rows);
        Assert.Equal([7, 8, 9], data.Validation!.Rows);
    }

    private (long[][] Inputs, long[][] Targets) Read(string text, int length)
    {
        var data = DatasetReader.Read(Checked(Describe(text, length), 0), DataRequests.Training(shuffle: false));
        var table = data.Training.Table;
        return (Rows((TokenBlocks)table.Inputs), Rows(Assert.IsType<SampleTargets.Tokens>(table.Targets).Next));
    }

    private static long[][] Rows(TokenBlocks blocks) => [.. Enumerable.Range(0, blocks.RowCount).Select(row =>
    {
        var tokens = new long[blocks.Width];
        blocks.CopyRow(row, tokens);
        return tokens;
    })];

    private DatasetDescription Describe(string text, int length)
    {
        folder.Write("book.txt", text);
        return Describe(length);
    }

    private DatasetDescription Describe(int length)
    {
        var result = DatasetProbe.Describe(Request(length));
        Assert.Empty(result.Diagnostics);
        return result.Value!;
    }

    private ParDsl.Diagnostics.Diagnostic Mistake(int length) => Assert.Single(DatasetProbe.Describe(Request(length)).Diagnostics);

    private DatasetRequest Request(int length) => DataRequests.Text(folder, "book.txt", length);

    private CheckedData Checked(DatasetDescription description, double validation) =>
        DataRequests.CheckedText(Request((int)description.Input.Sizes[0]), description, validation);
}
