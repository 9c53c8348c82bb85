using Xunit;

namespace ParDsl.Cli.Tests;

public sealed class FormatTests : IDisposable
{
    private const string Untidy = "let   width=32\nmodel{linear width;relu}\n";

    private readonly Scratch scratch = new();

    public void Dispose() => scratch.Dispose();

    [Fact]
    public void An_untidy_file_is_rewritten_once_and_then_left_alone()
    {
        scratch.Write("a.pd", Untidy);
        Assert.Equal(0, Pardsl.Run(scratch.Folder, "fmt", "a.pd").Exit);
        var tidy = File.ReadAllText(scratch.At("a.pd"));
        Assert.Contains("let width = 32", tidy, StringComparison.Ordinal);

        var time = File.GetLastWriteTimeUtc(scratch.At("a.pd"));
        Assert.Equal(0, Pardsl.Run(scratch.Folder, "fmt", "a.pd").Exit);
        Assert.Equal(time, File.GetLastWriteTimeUtc(scratch.At("a.pd")));
        Assert.Single(Directory.GetFiles(scratch.Folder));
    }

    [Fact]
    public void Check_lists_what_would_change_and_changes_nothing()
    {
        scratch.Write("a.pd", Untidy);
        var result = Pardsl.Run(scratch.Folder, "fmt", "a.pd", "--check");
        Assert.Equal(1, result.Exit);
        Assert.Equal("a.pd\n", result.Output);
        Assert.Equal(Untidy, File.ReadAllText(scratch.At("a.pd")));
    }

    [Fact]
    public void A_file_with_a_syntax_error_is_left_as_it_is()
    {
        const string broken = "model { linear 3\n";
        scratch.Write("a.pd", broken);
        var result = Pardsl.Run(scratch.Folder, "fmt", "a.pd");
        Assert.Equal(1, result.Exit);
        Assert.Contains("error PD1", result.Error, StringComparison.Ordinal);
        Assert.Equal(broken, File.ReadAllText(scratch.At("a.pd")));
    }

    [Fact]
    public void A_dash_goes_from_input_to_output()
    {
        scratch.Write("a.pd", Untidy);
        Pardsl.Run(scratch.Folder, "fmt", "a.pd");
        var result = Pardsl.RunWithInput(scratch.Folder, Untidy, "fmt", "-");
        Assert.Equal(0, result.Exit);
        Assert.Equal(File.ReadAllText(scratch.At("a.pd")), result.Output);
    }
}
