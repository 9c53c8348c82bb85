using ParDsl.Compiler.Checked;
using ParDsl.Goldens;
using ParDsl.Runtime.Data;
using Xunit;

namespace ParDsl.Runtime.Tests.Data;

public sealed class ReaderTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("1,2,0\n255,0,1\n", typeof(ByteMatrix))]
    [InlineData("1,2,0\n256,0,1\n", typeof(SingleMatrix))]
    [InlineData("1,-0,0\n2,0,1\n", typeof(SingleMatrix))]
    [InlineData("1,0.1,0\n2,0,1\n", typeof(DoubleMatrix))]
    [InlineData("1,16777217,0\n2,0,1\n", typeof(DoubleMatrix))]
    public void Numbers_are_kept_compact_without_losing_a_bit(string text, Type expected)
    {
        var inputs = Read(text).Training.Table.Inputs;
        Assert.IsType(expected, inputs);
        var row = new double[2];
        inputs.CopyRow(0, row, 1, 0);
        Assert.Equal(text.Split('\n')[0].Split(',').Take(2).Select(cell => double.Parse(cell, System.Globalization.CultureInfo.InvariantCulture)), row);
    }

    [Fact]
    public void Values_keep_their_columns()
    {
        var request = DataRequests.Csv(folder.Write("data.csv", "1,2,0.5,7\n3,4,1.5,8\n"), "data.csv", new CheckedTarget.Values(Shape.Of(2)));
        var targets = Read(request).Training.Table.Targets;
        var row = new double[2];
        Assert.IsType<SampleTargets.Values>(targets).Numbers.CopyRow(1, row, 1, 0);
        Assert.Equal([1.5, 8], row);
    }

    [Fact]
    public void The_first_kind_of_mistake_ends_the_reading()
    {
        var failure = Assert.Throws<RunFailedException>(() => Read("1,2,0\n3,x,1\n"));
        Assert.Equal("PD5010", failure.Diagnostic.Code);
    }

    [Theory]
    [InlineData("1,2,3,0\n4,5,6,1\n", "a sample has 3 numbers, and had 2 when the program was checked")]
    [InlineData("1,2,0\n", "the data has 1 sample, and had 2 when the program was checked")]
    public void Data_that_has_changed_since_it_was_checked_is_refused(string text, string message)
    {
        var request = DataRequests.Csv(folder.Write("data.csv", text), "data.csv");
        var data = DataRequests.Checked(request, Shape.Of(2));
        var before = data with { Description = data.Description with { TrainingCount = 2 } };
        var failure = Assert.Throws<RunFailedException>(() => DatasetReader.Read(before, DataRequests.Training()));
        Assert.Equal(("PD5043", message), (failure.Diagnostic.Code, failure.Diagnostic.Message));
    }

    [Fact]
    public void Every_width_of_pixels_is_widened_right()
    {
        for (var width = 1; width <= 70; width++)
        {
            var bytes = Enumerable.Range(0, 2 * width).Select(index => (byte)(index * 37)).ToArray();
            var row = new float[width];
            new ByteMatrix(bytes, 2, width).CopyRow(1, row, 1f / 255, -0.5f);
            Assert.Equal(bytes.Skip(width).Select(pixel => (pixel * (1f / 255)) + -0.5f), row);
        }
    }

    [Fact]
    public void Validation_is_drawn_by_the_seed_and_overlaps_nothing()
    {
        var text = string.Concat(Enumerable.Range(0, 100).Select(index => $"{index},0,0\n"));
        var first = Read(text, DataRequests.Training(seed: 1), 0.1);
        var again = Read(text, DataRequests.Training(seed: 1), 0.1);
        var other = Read(text, DataRequests.Training(seed: 2), 0.1);
        Assert.Equal(10, first.Validation!.Count);
        Assert.Equal(first.Validation.Rows, again.Validation!.Rows);
        Assert.NotEqual<IEnumerable<int>>(first.Validation.Rows, other.Validation!.Rows);
        Assert.Equal(Enumerable.Range(0, 100), first.Training.Rows.Concat(first.Validation.Rows).Order());
    }

    [Fact]
    public void Without_shuffling_validation_is_the_end_of_the_file()
    {
        var text = string.Concat(Enumerable.Repeat("1,2,0\n", 10));
        var data = Read(text, DataRequests.Training(shuffle: false), 0.25);
        Assert.Equal([0, 1, 2, 3, 4, 5, 6], data.Training.Rows);
        Assert.Equal([7, 8, 9], data.Validation!.Rows);
    }

    [Fact]
    public void One_sample_is_always_left_to_train_on()
    {
        var data = Read("1,2,0\n", DataRequests.Training(), 0.9);
        Assert.Equal(1, data.Training.Count);
        Assert.Null(data.Validation);
    }

    [Fact]
    public void The_digits_are_1797_images_of_ten_classes()
    {
        var digits = Path.Combine(Golden.Root, "examples/01-digits/digits.csv.gz");
        var request = DataRequests.Csv(folder, digits, new CheckedTarget.Class(10));
        Assert.Equal((1797L, Shape.Of(64)), (DatasetProbe.Describe(request).Value?.TrainingCount, DatasetProbe.Describe(request).Value?.Input));
        var data = DatasetReader.Read(DataRequests.Checked(request, Shape.Of(64), validation: 0.2), DataRequests.Training());
        Assert.Equal((1438, 359), (data.Training.Count, data.Validation!.Count));
        Assert.Equal([178, 182, 177, 183, 181, 182, 181, 179, 174, 180], CountsOf(data));
    }

    private static IEnumerable<int> CountsOf(LoadedDataset data)
    {
        var labels = Assert.IsType<SampleTargets.Classes>(data.Training.Table.Targets).Labels;
        return Enumerable.Range(0, 10).Select(digit => labels.Count(label => label == digit));
    }

    private LoadedDataset Read(string text, CheckedTraining? training = null, double validation = 0) =>
        Read(DataRequests.Csv(folder.Write("data.csv", text), "data.csv"), training, validation);

    private static LoadedDataset Read(
        ParDsl.Compiler.Data.DatasetRequest request, CheckedTraining? training = null, double validation = 0) =>
        DatasetReader.Read(DataRequests.Checked(request, Shape.Of(2), validation: validation), training ?? DataRequests.Training());
}
