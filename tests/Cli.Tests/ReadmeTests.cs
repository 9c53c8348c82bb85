using ParDsl.Goldens;
using Xunit;

namespace ParDsl.Cli.Tests;

/// <summary>What the README shows is what the program does.</summary>
public sealed class ReadmeTests
{
    private static readonly string Readme = File.ReadAllText(Path.Combine(Golden.Root, "README.md")).ReplaceLineEndings("\n");

    [Fact]
    public void The_first_spec_has_no_mistake()
    {
        using var scratch = new Scratch();
        File.Copy(Path.Combine(Golden.Root, "examples", "01-digits", "digits.csv.gz"), scratch.At("digits.csv.gz"));
        var result = Pardsl.Run(scratch.Folder, "check", scratch.Write("first.pd", Block("```\n")));
        Assert.True(result is { Exit: 0, Error: "" }, result.ToString());
    }

    [Fact]
    public void The_diagnostic_is_the_programs()
    {
        var shown = Block("```console\n$ ./pardsl check examples/02-article/article.pd\n");
        var result = Pardsl.Run(Golden.Root, "check", "examples/02-article/article.pd");
        Assert.Equal(1, result.Exit);
        Assert.Equal(shown, result.Error);
    }

    [Fact]
    public void The_files_to_read_first_are_there()
    {
        var named = Readme.Split('`').Where(word => word.StartsWith("src/", StringComparison.Ordinal)).ToList();
        Assert.Equal(6, named.Count);
        Assert.All(named, file => Assert.True(File.Exists(Path.Combine(Golden.Root, file)), file));
    }

    /// <summary>The text between a line that opens a block and the line that closes it.</summary>
    private static string Block(string opening)
    {
        var start = Readme.IndexOf(opening, StringComparison.Ordinal) + opening.Length;
        Assert.True(start >= opening.Length, $"the README has no block that starts with {opening}");
        return Readme[start..Readme.IndexOf("```", start, StringComparison.Ordinal)];
    }
}
