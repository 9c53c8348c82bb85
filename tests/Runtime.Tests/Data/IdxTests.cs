using ParDsl.Compiler.Checked;
using ParDsl.Compiler.Data;
using ParDsl.Diagnostics;
using ParDsl.Runtime.Data;
using Xunit;

namespace ParDsl.Runtime.Tests.Data;

public sealed class IdxTests : IDisposable
{
    private const string Images = "train-images-idx3-ubyte";
    private const string Labels = "train-labels-idx1-ubyte";

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void The_headers_give_counts_and_shape()
    {
        folder.WriteIdx("train", 6, side: 3).WriteIdx("t10k", 2, side: 3);
        Assert.Equal(new DatasetDescription(Shape.Of(3, 3), 1, 6, 2), DatasetProbe.Describe(DataRequests.Idx(folder, ".")).Value);
    }

    [Fact]
    public void Both_parts_are_read_byte_for_byte()
    {
        folder.WriteIdx("train", 6).WriteIdx("t10k", 2);
        var data = DatasetReader.Read(DataRequests.Checked(DataRequests.Idx(folder, "."), Shape.Of(1, 2, 2)), DataRequests.Training());
        var row = new float[4];
        data.Training.Table.Inputs.CopyRow(5, row, 2, 1);
        Assert.Equal([11f, 11f, 11f, 11f], row);
        Assert.Equal((6, 2), (data.Training.Count, data.Test!.Count));
        Assert.Equal([0L, 1, 2, 0, 1, 2], Assert.IsType<SampleTargets.Classes>(data.Training.Table.Targets).Labels);
    }

    [Fact]
    public void Fashion_mnist_is_read_as_it_is()
    {
        if (!Directory.Exists("/usr/share/datasets/fashion-mnist"))
            Assert.Skip("Fashion-MNIST is not here: apt-get install dataset-fashion-mnist");
        var request = DataRequests.Idx(folder, "/usr/share/datasets/fashion-mnist");
        Assert.Equal(new DatasetDescription(Shape.Of(28, 28), 1, 60_000, 10_000), DatasetProbe.Describe(request).Value);
        var data = DatasetReader.Read(DataRequests.Checked(request, Shape.Of(1, 28, 28), validation: 0.1), DataRequests.Training());
        Assert.Equal((54_000, 6_000, 10_000), (data.Training.Count, data.Validation!.Count, data.Test!.Count));
        var labels = Assert.IsType<SampleTargets.Classes>(data.Test.Table.Targets).Labels;
        Assert.All(Enumerable.Range(0, 10), label => Assert.Equal(1_000, labels.Count(other => other == label)));
    }

    [Fact]
    public void Another_format_is_refused()
    {
        folder.WriteIdx("train", 6).Write(Images, "this is a text file");
        var found = Mistake();
        Assert.Equal("PD5005", found.Code);
        Assert.Contains("starts with 74 68 69 73, and 00 00 08 03 was expected", found.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Another_count_of_labels_is_refused()
    {
        folder.WriteIdx("train", 6).Write(Labels, TemporaryFolder.Idx([5], new byte[5]));
        Assert.Equal(("PD5007", $"`{Images}` holds 6 images and `{Labels}` holds 5 labels"), (Mistake().Code, Mistake().Message));
    }

    [Theory]
    [InlineData(0xFFFF_FFFFu)]
    [InlineData(0x7FFF_FFFFu)]
    public void Images_beyond_memory_are_refused_by_their_header(uint side)
    {
        folder.WriteIdx("train", 6).Write(Images, TemporaryFolder.Idx([6, unchecked((int)side), unchecked((int)side)], []));
        Assert.Equal("PD5013", Mistake().Code);
    }

    [Fact]
    public void A_test_part_of_another_shape_is_refused()
    {
        folder.WriteIdx("train", 6, side: 2).WriteIdx("t10k", 2, side: 3);
        Assert.Equal("the training images are [2, 2] and the test images are [3, 3]", Mistake().Message);
    }

    [Fact]
    public void Half_a_test_part_is_refused()
    {
        folder.WriteIdx("train", 6).WriteIdx("t10k", 2);
        File.Delete(folder.PathOf("t10k-labels-idx1-ubyte"));
        Assert.Equal("PD5001", Mistake().Code);
    }

    [Theory]
    [InlineData(2, "ends after 2")]
    [InlineData(10, "ends after 10")]
    public void A_header_that_is_cut_short_is_refused(int length, string words)
    {
        folder.WriteIdx("train", 6).Write(Images, TemporaryFolder.Idx([6, 2, 2], [])[..length]);
        var found = Mistake();
        Assert.Contains(found.Code, new[] { "PD5005", "PD5006" });
        if (found.Code == "PD5006")
            Assert.EndsWith(words, found.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(23, "PD5006", "announces 24 bytes and ends after 23")]
    [InlineData(25, "PD5006", "announces 24 bytes and holds more")]
    public void Content_of_another_length_is_refused_when_it_is_read(int length, string code, string words)
    {
        folder.WriteIdx("train", 6).Write(Images, TemporaryFolder.Idx([6, 2, 2], new byte[length]));
        var found = FailedRead(classes: 3);
        Assert.Equal(code, found.Code);
        Assert.EndsWith(words, found.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Gzip_that_is_cut_short_is_refused_when_it_is_read()
    {
        var whole = TemporaryFolder.Gzip(TemporaryFolder.Idx([6, 2, 2], new byte[24]));
        folder.WriteIdx("train", 6).Write(Images + ".gz", whole[..^3]);
        File.Delete(folder.PathOf(Images));
        Assert.Equal("PD5004", FailedRead(classes: 3).Code);
    }

    [Fact]
    public void Labels_beyond_the_classes_are_refused()
    {
        folder.WriteIdx("train", 6, classes: 3);
        var found = FailedRead(classes: 2);
        Assert.Equal("PD5011", found.Code);
        Assert.Equal(
            $"label 3 of `{Labels}` is 2, and a class from 0 to 1 was expected; 2 such labels are in the file", found.Message);
    }

    [Fact]
    public void Files_without_samples_are_refused()
    {
        folder.Write(Images, TemporaryFolder.Idx([0, 2, 2], [])).Write(Labels, TemporaryFolder.Idx([0], []));
        Assert.Equal("PD5012", Mistake().Code);
    }

    [Fact]
    public void More_than_memory_can_hold_is_refused()
    {
        folder.Write(Images, TemporaryFolder.Idx([60_000, 1 << 20, 1 << 20], [])).Write(Labels, TemporaryFolder.Idx([60_000], new byte[60_000]));
        Assert.Equal("PD5013", FailedRead(classes: 10).Code);
    }

    private Diagnostic Mistake() => Assert.Single(DatasetProbe.Describe(DataRequests.Idx(folder, ".")).Diagnostics);

    private Diagnostic FailedRead(long classes)
    {
        var data = DataRequests.Checked(DataRequests.Idx(folder, ".", classes), Shape.Of(2, 2));
        return Assert.Throws<RunFailedException>(() => DatasetReader.Read(data, DataRequests.Training())).Diagnostic;
    }
}
