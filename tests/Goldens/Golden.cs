using System.Runtime.CompilerServices;
using Xunit;

namespace ParDsl.Goldens;

/// <summary>
/// Compares what a stage prints with the file that says what it should print. To accept new output, run the tests with
/// PARDSL_ACCEPT_GOLDENS=1 and read the diff before you commit it.
/// </summary>
public static class Golden
{
    private const string AcceptVariable = "PARDSL_ACCEPT_GOLDENS";

    /// <summary>The repository's root, where every golden's path starts.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>Whether new output is written to the goldens instead of being compared.</summary>
    public static bool IsAccepting => Environment.GetEnvironmentVariable(AcceptVariable) == "1";

    /// <summary>Fails, with both texts' first difference, unless <paramref name="actual"/> is the golden's text.</summary>
    /// <param name="path">Below tests/Goldens: <c>diagnostics/PD3004/screen.txt</c>.</param>
    public static void Check(string path, string actual) => CheckFile(Path.Combine("tests", "Goldens", path), actual);

    /// <summary>The same for a page of the documentation that is made by a test.</summary>
    /// <param name="path">Below the repository's root: <c>docs/combinations.md</c>.</param>
    public static void CheckFile(string path, string actual)
    {
        var file = Path.Combine(Root, path);
        actual = actual.ReplaceLineEndings("\n");
        if (IsAccepting)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllText(file, actual);
            return;
        }

        Assert.True(File.Exists(file), $"there is no golden {path} yet; {HowToAccept}\nit would hold:\n{actual}");
        var expected = File.ReadAllText(file).ReplaceLineEndings("\n");
        Assert.True(expected == actual, $"{path} differs; {HowToAccept}\n{FirstDifference(expected, actual)}");
    }

    private static string HowToAccept => $"accept with {AcceptVariable}=1 ./test";

    private static string FirstDifference(string expected, string actual)
    {
        var (left, right) = (expected.Split('\n'), actual.Split('\n'));
        var line = 0;
        while (line < left.Length && line < right.Length && left[line] == right[line])
            line++;
        return $"line {line + 1}\n- {At(left, line)}\n+ {At(right, line)}\nthe whole output:\n{actual}";
    }

    private static string At(string[] lines, int index) => index < lines.Length ? lines[index] : "(end)";

    private static string FindRoot([CallerFilePath] string thisFile = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(thisFile)!, "..", ".."));
}
