using ParDsl.Runtime.Reporting;
using ParDsl.Runtime.Tests.Checkpoints;
using Xunit;

namespace ParDsl.Runtime.Tests.Reporting;

public sealed class TensorBoardTests : IDisposable
{
    private static readonly DateTimeOffset Now = DateTimeOffset.FromUnixTimeMilliseconds(1_700_000_000_250);

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void The_test_reader_knows_the_published_checksum() =>
        Assert.Equal(0xe3069283u, TensorBoardReader.Crc("123456789"u8));

    [Fact]
    public void Events_are_framed_with_checksums_that_another_reader_accepts()
    {
        string path;
        using (var writer = TensorBoardWriter.Create(folder.Path, Now))
        {
            path = writer.Path;
            writer.Write(Now.AddSeconds(1.5), 3, [new("step/loss", 0.5), new("step/accuracy", 0.25)]);
            writer.Write(Now.AddSeconds(2), 5_000_000_000, [new("step/loss", double.NaN)]);
        }

        var events = TensorBoardReader.Read(path);
        Assert.Contains("tfevents", Path.GetFileName(path), StringComparison.Ordinal);
        Assert.Equal(["brain.Event:2", "", ""], events.Select(item => item.FileVersion));
        Assert.Equal([1_700_000_000.25, 1_700_000_001.75, 1_700_000_002.25], events.Select(item => item.WallTime));
        Assert.Equal([0, 3, 5_000_000_000], events.Select(item => item.Step));
        Assert.Equal(0.5f, events[1].Scalars["step/loss"]);
        Assert.Equal(0.25f, events[1].Scalars["step/accuracy"]);
        Assert.True(float.IsNaN(events[2].Scalars["step/loss"]));
    }
}
