using ParDsl.Diagnostics;
using ParDsl.Runtime.Data;
using Xunit;

namespace ParDsl.Runtime.Tests.Data;

public sealed class FileProbeTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_missing_file_is_named_with_its_full_path()
    {
        var found = Mistake("nowhere/data.csv");
        Assert.Equal("PD5001", found.Code);
        Assert.Equal($"there is no file or folder `{folder.PathOf("nowhere/data.csv")}`", found.Message);
        Assert.Equal("source", found.Span.Text);
    }

    [Fact]
    public void A_path_that_no_file_can_have_is_as_a_missing_file()
    {
        Assert.Equal("PD5001", Mistake("data\0.csv").Code);
        var folders = DatasetProbe.Describe(DataRequests.Idx(folder, "\0"));
        var texts = DatasetProbe.Describe(DataRequests.Text(folder, "\0", 4));
        Assert.All([.. folders.Diagnostics, .. texts.Diagnostics], found => Assert.Equal("PD5001", found.Code));
        Assert.Equal(2, folders.Diagnostics.Length + texts.Diagnostics.Length);
    }

    [Fact]
    public void The_missing_fashion_images_come_with_the_command_that_gets_them()
    {
        var found = DatasetProbe.Describe(DataRequests.Idx(folder, "/no/such/fashion-mnist"));
        Assert.Equal("apt-get install dataset-fashion-mnist", Assert.Single(found.Diagnostics).Help);
    }

    [Fact]
    public void A_folder_for_a_file_is_refused() => Assert.Equal("PD5002", Mistake(".").Code);

    [Fact]
    public void A_file_for_a_folder_is_refused()
    {
        folder.Write("data", "1");
        Assert.Equal("PD5002", Assert.Single(DatasetProbe.Describe(DataRequests.Idx(folder, "data")).Diagnostics).Code);
    }

    [Fact]
    public void A_file_that_the_system_cannot_read_is_refused()
    {
        if (!File.Exists("/proc/self/mem"))
            Assert.Skip("this machine has no /proc/self/mem, whose start no one can read");
        var found = Mistake("/proc/self/mem");
        Assert.Equal(("PD5003", "the operating system could not read `/proc/self/mem`"), (found.Code, found.Message));
    }

    [Fact]
    public void A_file_without_permission_is_refused()
    {
        if (OperatingSystem.IsWindows() || Environment.UserName == "root")
        {
            Assert.Skip("the rights of files are Unix's, and root may read every file");
            return;
        }

        folder.Write("data.csv", "1,2,0\n");
        File.SetUnixFileMode(folder.PathOf("data.csv"), UnixFileMode.None);
        Assert.Equal("PD5003", Mistake("data.csv").Code);
    }

    [Theory]
    [InlineData(0.5)]
    [InlineData(0.99)]
    [InlineData(0.0001)]
    public void Gzip_that_is_cut_short_is_refused(double share)
    {
        var whole = Compressed();
        folder.Write("data.csv.gz", whole[..Math.Max(2, (int)(whole.Length * share))]);
        Assert.Equal("PD5004", Mistake("data.csv.gz").Code);
    }

    [Fact]
    public void Gzip_that_is_damaged_is_refused()
    {
        var broken = Compressed();
        broken[broken.Length / 2] ^= 0x55;
        folder.Write("data.csv.gz", broken);
        Assert.Equal("PD5004", Mistake("data.csv.gz").Code);
    }

    private static byte[] Compressed()
    {
        var random = new Random(1);
        var lines = Enumerable.Range(0, 20_000).Select(_ => $"{random.Next()},{random.Next()},1\n");
        return TemporaryFolder.Gzip(System.Text.Encoding.ASCII.GetBytes(string.Concat(lines)));
    }

    private Diagnostic Mistake(string path)
    {
        var found = DatasetProbe.Describe(DataRequests.Csv(folder, path));
        Assert.Null(found.Value);
        return Assert.Single(found.Diagnostics);
    }
}
