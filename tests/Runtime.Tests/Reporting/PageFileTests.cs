using ParDsl.Runtime.Reporting;
using ParDsl.Runtime.Tests.Checkpoints;
using Xunit;

namespace ParDsl.Runtime.Tests.Reporting;

public sealed class PageFileTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_page_replaces_what_was_there_and_leaves_nothing_beside_it()
    {
        File.WriteAllText(folder["plan.html"], "an older one, and longer");
        PageFile.Write(folder["plan.html"], "new");
        Assert.Equal("new", File.ReadAllText(folder["plan.html"]));
        Assert.Single(Directory.GetFileSystemEntries(folder["."]));
    }

    [Fact]
    public void A_folder_that_is_not_there_is_named() => Refused("none/plan.html", $"there is no folder `{folder["none"]}`");

    [Fact]
    public void A_folder_is_no_page()
    {
        Directory.CreateDirectory(folder["pages"]);
        Refused("pages", "that is a folder");
    }

    [Fact]
    public void A_device_stays_what_it_is()
    {
        var failure = Assert.Throws<RunFailedException>(() => PageFile.Write("/dev/null", "page"));
        Assert.Equal("PD5223", failure.Diagnostic.Code);
        Assert.Contains("that is no file", failure.Diagnostic.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_name_that_the_system_refuses_is_told_in_our_words() =>
        Refused(new string('x', 300), "cannot be written: its path is too long");

    private void Refused(string name, string words)
    {
        var failure = Assert.Throws<RunFailedException>(() => PageFile.Write(folder[name], "page"));
        Assert.Equal("PD5223", failure.Diagnostic.Code);
        Assert.Contains(words, failure.Diagnostic.Message, StringComparison.Ordinal);
    }
}
