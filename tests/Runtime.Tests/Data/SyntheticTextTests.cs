using ParDsl.Compiler.Checked;
using ParDsl.Compiler.Data;
using ParDsl.Runtime.Data;
using Xunit;

namespace ParDsl.Runtime.Tests.Data;

public sealed class SyntheticTextTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Its_sizes_are_what_the_spec_states() =>
        Assert.Equal(
            new DatasetDescription(Shape.Of(16), 16, 40, 0) { Vocabulary = 7 },
            DatasetProbe.Describe(DataRequests.SyntheticText(folder, 40, 16, 7)).Value);

    [Fact]
    public void Targets_are_the_tokens_that_come_next()
    {
        var (inputs, targets) = Read(count: 5, length: 8, vocabulary: 11);
        Assert.All(inputs.SelectMany(row => row), token => Assert.InRange(token, 0, 10));
        foreach (var (input, target) in inputs.Zip(targets))
            Assert.Equal(input[1..], target[..^1]);
        Assert.Equal(inputs[1..].Select(row => row[0]), targets[..^1].Select(row => row[^1]));
    }

    [Fact]
    public void A_token_is_told_by_the_one_before_nine_times_of_ten()
    {
        var (inputs, targets) = Read(count: 100, length: 64, vocabulary: 50);
        var pairs = inputs.Zip(targets).SelectMany(row => row.First[..^1].Zip(row.Second[..^1])).ToList();
        var commonest = pairs.GroupBy(pair => pair.First).Sum(group => group.GroupBy(pair => pair.Second).Max(same => same.Count()));
        Assert.InRange((double)commonest / pairs.Count, 0.88, 0.93);
    }

    [Fact]
    public void The_same_seed_gives_the_same_tokens_and_another_others()
    {
        Assert.Equal(Read(9, 8, 30).Inputs, Read(9, 8, 30).Inputs);
        Assert.NotEqual(Read(9, 8, 30).Inputs, Read(9, 8, 30, seed: 1).Inputs);
    }

    [Fact]
    public void A_sample_does_not_depend_on_how_many_there_are()
    {
        var (few, many) = (Read(5, 8, 30), Read(50, 8, 30));
        Assert.Equal(few.Inputs, many.Inputs[..5]);
        Assert.Equal(few.Targets, many.Targets[..5]);
    }

    [Theory]
    [InlineData(int.MaxValue, 8, 30)]
    [InlineData(1, int.MaxValue, 30)]
    [InlineData(1, 8, int.MaxValue)]
    public void More_than_memory_can_hold_is_refused(long count, long length, long vocabulary) =>
        Assert.Equal("PD5013", Assert.Single(DatasetProbe.Describe(DataRequests.SyntheticText(folder, count, length, vocabulary)).Diagnostics).Code);

    private (long[][] Inputs, long[][] Targets) Read(long count, long length, long vocabulary, long seed = 0)
    {
        var request = DataRequests.SyntheticText(folder, count, length, vocabulary, seed);
        var description = DatasetProbe.Describe(request).Value!;
        var data = DatasetReader.Read(DataRequests.CheckedText(request, description, 0), DataRequests.Training());
        var targets = Assert.IsType<SampleTargets.Tokens>(data.Training.Table.Targets).Next;
        return (Rows(Assert.IsType<TokenBlocks>(data.Training.Table.Inputs)), Rows(targets));
    }

    private static long[][] Rows(TokenBlocks blocks)
    {
        var rows = new long[blocks.RowCount][];
        for (var row = 0; row < rows.Length; row++)
        {
            rows[row] = new long[blocks.Width];
            blocks.CopyRow(row, rows[row].AsSpan());
        }

        return rows;
    }
}
