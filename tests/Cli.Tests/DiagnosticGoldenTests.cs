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
        [.. Directory.GetDirectories(Diagnostics).Where(HasSpec).Select(folder => Path.GetFileName(folder)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Cases))]
    public void The_screen_is_as_accepted(string name)
    {
        using var scratch = new Scratch();
        scratch.Copy(Path.Combine(Diagnostics, name));
        var folder = scratch.Folder;
        var result = Pardsl.Run(folder, Arguments(folder));
        var screen = $"{FromTheFirstDiagnostic(result.Error)}exit {result.Exit}\n".Replace(folder + "/", "", StringComparison.Ordinal);

        Assert.Contains(Code(name), screen, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", screen, StringComparison.Ordinal);
        Assert.DoesNotContain(Path.GetTempPath(), screen, StringComparison.Ordinal);
        Golden.Check($"diagnostics/{name}/screen.txt", screen);
    }

    /// <summary>A folder without a spec or a script is about hardware that is not here: its screen is made from a plan in Compiler.Tests.</summary>
    private static bool HasSpec(string folder) => File.Exists(Path.Combine(folder, "input.pd")) || File.Exists(Path.Combine(folder, "input.fsx"));

    /// <summary>What a run says before it fails depends on the machine's cores.</summary>
    private static string FromTheFirstDiagnostic(string screen) =>
        string.Join('\n', screen.Split('\n').SkipWhile(line => !line.StartsWith("error PD", StringComparison.Ordinal) && !line.StartsWith("warning PD", StringComparison.Ordinal)));

    private static string Code(string name) => name.Split('-')[0];

    private static string[] Arguments(string folder)
    {
        var file = Path.Combine(folder, "arguments.txt");
        return File.Exists(file)
            ? File.ReadAllText(file).Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            : ["check", "input.pd"];
    }
}
