using ParDsl.Goldens;
using Xunit;

namespace ParDsl.Cli.Tests;

/// <summary>
/// What pages of the documentation show of a command's output is what it prints. Accepting goldens writes the pages anew.
/// </summary>
public sealed class ShownOutputTests : IDisposable
{
    private readonly Scratch scratch = new();

    public void Dispose() => scratch.Dispose();

    [Fact]
    public void The_planner_page_shows_a_plan() =>
        Check("docs/planner.md", Plan("examples/06-gpt/gpt.pd"), ("predicted ", 0), ("layouts that were compared", 0));

    [Fact]
    public void The_planner_page_shows_degrees_that_are_found()
    {
        scratch.Copy(Path.Combine(Golden.Root, "examples", "06-gpt"));
        var spec = scratch.At("gpt.pd");
        File.AppendAllText(spec, "\nparallel { data; pipeline microbatches=8 schedule=zero_bubble }\n");
        Check("docs/planner.md", Plan(spec), ("layouts that were compared", 1));
    }

    [Fact]
    public void The_page_of_differences_shows_two_examples()
    {
        FashionMnist.Require();
        var result = Pardsl.Run(Golden.Root, "diff", "examples/03-fashion/conv.pd", "examples/04-four-devices/conv.pd");
        Assert.True(result.Exit == 0, result.ToString());
        Check("docs/pages.md", result.Output, ("the same learning", 0));
    }

    private static string Plan(string spec)
    {
        var result = Pardsl.Run(Golden.Root, "plan", spec, "--on", "a100:8");
        Assert.True(result.Exit == 0, result.ToString());
        return result.Output;
    }

    /// <param name="page">The page, below the repository's root.</param>
    /// <param name="output">What the command prints.</param>
    /// <param name="shown">
    /// How the first line of each part that the page shows begins, and how many such parts of the page stand before it. A part
    /// ends before an empty line, in the page with its code block.
    /// </param>
    private static void Check(string page, string output, params (string Beginning, int Before)[] shown)
    {
        var text = File.ReadAllText(Path.Combine(Golden.Root, page)).ReplaceLineEndings("\n");
        foreach (var (beginning, before) in shown)
        {
            var start = StartOf(text, beginning, before);
            text = text[..start] + Part(output, StartOf(output, beginning, 0), "\n\n") + "\n" + text[text.IndexOf("```", start, StringComparison.Ordinal)..];
        }

        Golden.CheckFile(page, text);
    }

    private static int StartOf(string text, string beginning, int before)
    {
        var start = -1;
        for (var count = 0; count <= before; count++)
        {
            start = text.IndexOf("\n" + beginning, start + 1, StringComparison.Ordinal);
            Assert.True(start >= 0 || (count == 0 && text.StartsWith(beginning, StringComparison.Ordinal)), $"no line begins with: {beginning}");
        }

        return start + 1;
    }

    private static string Part(string text, int start, string end)
    {
        var finish = text.IndexOf(end, start, StringComparison.Ordinal);
        return (finish < 0 ? text[start..] : text[start..finish]).TrimEnd();
    }
}
