using Xunit;

namespace ParDsl.Architecture.Tests;

/// <summary>What STYLE.md says of files and folders.</summary>
public sealed class SourceTests
{
    private const int MostLines = 300;
    private static readonly string[] EmptyNames = ["Common", "Utils", "Utilities", "Helpers", "Helper", "Manager", "Misc", "Shared"];

    [Fact]
    public void No_file_is_longer_than_300_lines()
    {
        var sources = Repository.Sources("src", "tests").ToList();
        Assert.True(sources.Count > 200);
        Assert.All(sources, path => Assert.InRange(File.ReadLines(Repository.At(path)).Count(), 1, MostLines));
    }

    [Fact]
    public void No_file_or_folder_has_a_name_that_says_nothing() =>
        Assert.All(
            Repository.Sources("src", "tests").SelectMany(path => Path.ChangeExtension(path, null).Split('/')),
            part => Assert.DoesNotContain(EmptyNames, name => part.EndsWith(name, StringComparison.Ordinal)));

    [Fact]
    public void Every_source_file_of_Fsharp_is_compiled()
    {
        foreach (var project in (string[])["src/Dsl/ParDsl.Dsl.fsproj", "src/Cli/ParDsl.Cli.fsproj", "tests/Dsl.Tests/ParDsl.Dsl.Tests.fsproj"])
        {
            var text = Repository.Read(project);
            var folder = Path.GetDirectoryName(project)!;
            var files = Repository.Sources(folder).Select(path => Path.GetRelativePath(folder, path));
            Assert.All(files, file => Assert.Contains($"\"{file}\"", text, StringComparison.Ordinal));
        }
    }

    [Fact]
    public void The_lock_file_names_no_feed() =>
        Assert.All(
            File.ReadLines(Repository.At("paket.lock")).Where(line => line.Contains("remote:", StringComparison.Ordinal)),
            line => Assert.Equal("remote: feed", line.Trim()));
}
