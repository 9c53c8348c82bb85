using System.Text.RegularExpressions;
using Xunit;

namespace ParDsl.Architecture.Tests;

/// <summary>
/// A code is made by the errors of its phase, for one kind of mistake, and has a page and a golden. (Several functions may
/// share a code: they say the same of different things.)
/// </summary>
public sealed partial class DiagnosticCodeTests
{
    /// <summary>Mistakes that no command line provokes on a healthy machine; tests of their own make them.</summary>
    private static readonly string[] WithoutCommand =
        [
            "PD2067", "PD2076", "PD3026", "PD5043", "PD5101", "PD5104", "PD5190", "PD5191", "PD5192", "PD5236", "PD5239",
            "PD5301", "PD5302", "PD5303", "PD5304", "PD5305", "PD5306", "PD5307", "PD5308",
            "PD5321", "PD5322", "PD5323", "PD5324",
            "PD5367", "PD5368", "PD5369", "PD5370", "PD5371", "PD5373",
            "PD5381", "PD5382", "PD5383", "PD5384", "PD5385", "PD5386", "PD5387", "PD5388", "PD5389", "PD5390",
            "PD5330", "PD5331", "PD5332", "PD5333", "PD5334", "PD5335", "PD5336",
            "PD5341", "PD5342", "PD5343", "PD5344", "PD5345", "PD5346",
            "PD5401", "PD5402", "PD5403", "PD5404",
        ];

    public static TheoryData<string> Codes => [.. Uses().Select(use => use.Code).Distinct().Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Codes))]
    public void A_code_is_made_by_the_errors_of_its_phase(string code)
    {
        var project = code[2] switch { '1' => "src/Dsl/", '5' => "src/Runtime/", _ => "src/Compiler/" };
        var makers = Uses().Where(use => use.Code == code && use.Path.Contains("Errors.", StringComparison.Ordinal)).ToList();
        Assert.NotEmpty(makers);
        Assert.All(makers, maker => Assert.StartsWith(project, maker.Path, StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Codes))]
    public void Every_code_has_a_page_with_a_wrong_example(string code)
    {
        var page = Repository.At($"docs/errors/{code}.md");
        Assert.True(File.Exists(page), $"docs/errors/{code}.md is missing");
        var text = File.ReadAllText(page);
        Assert.StartsWith($"# {code}: ", text, StringComparison.Ordinal);
        Assert.True(text.Split('\n').Length > 4, $"docs/errors/{code}.md says too little");
    }

    [Theory]
    [MemberData(nameof(Codes))]
    public void Every_code_has_a_golden(string code)
    {
        var folders = Directory.GetDirectories(Repository.At("tests/Goldens/diagnostics"), code + "*");
        Assert.True(
            folders.Length > 0 || (WithoutCommand.Contains(code) && IsTestedByName(code)),
            $"tests/Goldens/diagnostics/{code} is missing, and no test names the code");
    }

    [Fact]
    public void Every_page_and_every_golden_has_a_code()
    {
        var codes = Uses().Select(use => use.Code).ToHashSet();
        var pages = Directory.GetFiles(Repository.At("docs/errors"), "PD*.md").Select(path => Path.GetFileNameWithoutExtension(path));
        var goldens = Directory.GetDirectories(Repository.At("tests/Goldens/diagnostics")).Select(path => Path.GetFileName(path)[..6]);
        Assert.All(pages.Concat(goldens), code => Assert.Contains(code, codes));
    }

    private static bool IsTestedByName(string code) =>
        Repository.Sources("tests/Dsl.Tests", "tests/Compiler.Tests", "tests/Runtime.Tests", "tests/Cli.Tests", "tests/MpiRanks")
            .Any(path => Repository.Read(path).Contains(code, StringComparison.Ordinal));

    private static List<(string Code, string Path)> Uses() =>
        [.. Repository.Sources("src").SelectMany(path => CodeInQuotes().Matches(Repository.Read(path)).Select(match => (match.Groups[1].Value, path)))];

    [GeneratedRegex("\"(PD[0-9]{4})\"")]
    private static partial Regex CodeInQuotes();
}
