using ParDsl.Goldens;
using Xunit;

namespace ParDsl.Cli.Tests;

/// <summary>
/// Every folder of tests/Goldens/diagnostics provokes one diagnostic with a real command; its screen is the golden.
/// <c>arguments.txt</c> holds the command's words where they are not <c>check input.pd</c>.
/// </summary>
public sealed class DiagnosticGoldenTests
{
    private static readonly string Diagnostics = Path.Combine(Golden.Root, "tests", "Goldens", "diagnostics");

    public static TheoryData<string> Cases =>
        [.. Directory.GetDirectories(Diagnostics).Select(folder => Path.GetFileName(folder)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Cases))]
    public void The_screen_is_as_accepted(string name)
    {
        var folder = Path.Combine(Diagnostics, name);
        var result = Pardsl.Run(folder, Arguments(folder));
        var screen = $"{result.Error}exit {result.Exit}\n";

        Assert.Contains(Code(name), screen, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", screen, StringComparison.Ordinal);
        Assert.DoesNotContain(Golden.Root, screen, StringComparison.Ordinal);
        Golden.Check($"diagnostics/{name}/screen.txt", screen);
    }

    private static string Code(string name) => name.Split('-')[0];

    private static string[] Arguments(string folder)
    {
        var file = Path.Combine(folder, "arguments.txt");
        return File.Exists(file)
            ? File.ReadAllText(file).Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            : ["check", "input.pd"];
    }
}
