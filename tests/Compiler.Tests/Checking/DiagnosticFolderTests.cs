using ParDsl.Compiler.Checked;
using ParDsl.Compiler.Data;
using ParDsl.Goldens;
using Xunit;

namespace ParDsl.Compiler.Tests.Checking;

/// <summary>Each of the checker's golden folders shows its own code, and no other but where it is named "many".</summary>
public sealed class DiagnosticFolderTests
{
    public static TheoryData<string> Folders =>
    [
        .. Directory.GetDirectories(Path.Combine(Golden.Root, "tests", "Goldens", "diagnostics"))
            .Select(folder => Path.GetFileName(folder))
            .Where(IsOfTheChecker)
            .Order(StringComparer.Ordinal),
    ];

    [Theory]
    [MemberData(nameof(Folders))]
    public void A_folder_shows_its_own_code(string folder)
    {
        var path = Path.Combine(Golden.Root, "tests", "Goldens", "diagnostics", folder, "input.pd");
        var text = File.ReadAllText(path);
        var csv = new DatasetDescription(Shape.Of(2), 1, 40, 0);
        var program = Imports.Imports.fromFiles(Spec.Parse(text, path)).Program;
        var found = Compiler.Checking.Checker.Check(program, Spec.Describe(text) ?? csv).Diagnostics;
        var codes = found.Select(diagnostic => diagnostic.Code).ToArray();
        if (folder.EndsWith("-many", StringComparison.Ordinal))
            Assert.Contains(folder[..6], codes);
        else
            Assert.Equal([folder[..6]], codes);
    }

    [Theory]
    [MemberData(nameof(Folders))]
    public void A_code_has_a_page(string folder)
    {
        var page = File.ReadAllText(Path.Combine(Golden.Root, "docs", "errors", $"{folder[..6]}.md"));
        Assert.StartsWith($"# {folder[..6]}: ", page, StringComparison.Ordinal);
    }

    private static bool IsOfTheChecker(string folder) =>
        string.CompareOrdinal(folder, "PD2000") > 0 && string.CompareOrdinal(folder, "PD3020") < 0;
}
