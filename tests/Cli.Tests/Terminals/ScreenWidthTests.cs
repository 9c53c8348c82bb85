using ParDsl.Printing;
using Xunit;

namespace ParDsl.Cli.Tests.Terminals;

/// <summary>
/// Every command on terminals of several widths: no line is wider than the terminal, unless it is one word, and each number
/// that a file gets is there whole.
/// </summary>
[Collection(Training.Collection)]
public sealed class ScreenWidthTests : IDisposable
{
    private readonly Scratch scratch = new();

    public static TheoryData<int, string> Screens
    {
        get
        {
            string[] commands =
            [
                "--help", "run --help", "check right.pd", "check wrong.pd", "plan right.pd --gpus 4", "plan right.pd --on a100:8",
                "show checked right.pd", "diff right.pd other.pd", "explain PD3004", "devices", "doctor", "nothing-known",
            ];
            var screens = new TheoryData<int, string>();
            foreach (var columns in (int[])[40, 60, 80, 120, 200])
            {
                foreach (var command in commands)
                    screens.Add(columns, command);
            }

            return screens;
        }
    }

    public void Dispose() => scratch.Dispose();

    [Theory]
    [MemberData(nameof(Screens))]
    public void A_screen_keeps_to_the_terminal_and_its_numbers_stay_whole(int columns, string words)
    {
        WriteSpecs();
        var shown = PseudoTerminal.Run(scratch.Folder, columns, words);
        var piped = Pardsl.Run(scratch.Folder, words.Split(' '));
        Assert.Equal(piped.Exit, shown.Exit);

        var lines = PseudoTerminal.Lines(shown.Output);
        Assert.All(lines, line => Assert.True(Fits(line, columns), $"wider than {columns}: {line}"));
        var seen = Numbers(string.Join('\n', lines)).ToHashSet();
        if (!words.StartsWith("doctor", StringComparison.Ordinal) && !words.StartsWith("devices", StringComparison.Ordinal))
            Assert.All(Numbers(piped.Output), number => Assert.Contains(number, seen));
    }

    [Theory]
    [InlineData(40)]
    [InlineData(60)]
    [InlineData(80)]
    public void A_run_keeps_to_the_terminal_while_it_is_shown_and_at_its_end(int columns)
    {
        WriteSpecs();
        var result = PseudoTerminal.Run(scratch.Folder, columns, "run right.pd --out out");
        Assert.True(result.Exit == 0, result.ToString());
        var lines = PseudoTerminal.Lines(result.Output);
        Assert.All(lines, line => Assert.True(Fits(line, columns), $"wider than {columns}: {line}"));
        Assert.Contains(lines, line => line.StartsWith('╭') && line.EndsWith('╮'));
        Assert.Contains(lines, line => line.Contains("validation", StringComparison.Ordinal));
        Assert.DoesNotContain(lines, line => line.Contains('…'));
    }

    [Fact]
    public void Without_colours_there_are_none()
    {
        WriteSpecs();
        Assert.Contains("\u001b[1;31m", PseudoTerminal.Run(scratch.Folder, 80, "check wrong.pd").Output, StringComparison.Ordinal);
        var plain = PseudoTerminal.Run(scratch.Folder, 80, "check wrong.pd", "NO_COLOR=1");
        Assert.DoesNotContain("\u001b[1;31m", plain.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_dumb_terminal_gets_lines_that_fit_and_no_codes()
    {
        WriteSpecs();
        var result = PseudoTerminal.Run(scratch.Folder, 40, "run right.pd --out out", "TERM=dumb");
        Assert.True(result.Exit == 0, result.ToString());
        Assert.DoesNotContain('\u001b', result.Output);
        Assert.All(PseudoTerminal.Lines(result.Output), line => Assert.True(Fits(line, 40), line));
    }

    private void WriteSpecs()
    {
        var spec = Specs.Synthetic("epochs 12; metric mean_absolute_error", parallel: "parallel { data 4 }")
            .Replace("seed=1", "seed=1\n  validation 25%", StringComparison.Ordinal);
        scratch.Write("right.pd", spec.Replace("data 4", "data 4; shard optimizer", StringComparison.Ordinal));
        scratch.Write("other.pd", spec.Replace("lr=0.01", "lr=0.02", StringComparison.Ordinal));
        scratch.Write("wrong.pd", spec.Replace("fc2: linear 2", "fc2: linear 3", StringComparison.Ordinal));
    }

    /// <summary>A word that is longer than a line, a path mostly, is the terminal's to break.</summary>
    private static bool Fits(string line, int columns) =>
        CharacterWidth.ofText(line) <= columns || !line.Trim().Contains(' ', StringComparison.Ordinal)
            || line.TrimStart().StartsWith("-->", StringComparison.Ordinal);

    private static IEnumerable<string> Numbers(string text) => text
        .Split([' ', '\n', '(', ')', '[', ']', '│'], StringSplitOptions.RemoveEmptyEntries)
        .Where(word => char.IsAsciiDigit(word[0]) && word.All(letter => char.IsAsciiDigit(letter) || letter is '.' or ','))
        .Select(word => word.TrimEnd('.', ','));
}
