using Microsoft.FSharp.Collections;
using ParDsl.Cli.Running;
using Xunit;

namespace ParDsl.Cli.Tests.Jobs;

/// <summary>What a job that starts again is told, by what its starts before have left.</summary>
public sealed class RestartWordsTests : IDisposable
{
    private readonly Scratch scratch = new();

    private string Run => Path.Combine(scratch.Folder, "job");

    public void Dispose() => scratch.Dispose();

    [Fact]
    public void It_goes_on_from_the_checkpoint_of_the_start_before()
    {
        Directory.CreateDirectory(Path.Combine(Run, "checkpoints", "step-20"));
        Assert.Equal(["run", "a.pd", "--resume", Run], Next("run", "a.pd", "--out", Run));
    }

    /// <summary>It has a hidden name until it is whole.</summary>
    [Fact]
    public void What_was_left_of_a_first_checkpoint_is_none()
    {
        Directory.CreateDirectory(Path.Combine(Run, "checkpoints", ".0123.tmp"));
        Assert.Equal(["run", "a.pd", "--out", $"{Run}-start-2"], Next("run", "a.pd", "--out", Run));
    }

    /// <summary>That one is not the newest any more where the start before has written another.</summary>
    [Theory]
    [InlineData("step-20")]
    [InlineData("best")]
    public void A_checkpoint_that_was_named_gives_way_to_its_run(string name)
    {
        var named = Path.Combine(Run, "checkpoints", name);
        Directory.CreateDirectory(named);
        Assert.Equal(["run", "a.pd", "--quiet", "--resume", Run], Next("run", "a.pd", "--resume", named, "--quiet"));
        Assert.Equal(["run", "a.pd", "--resume", Run], Next("run", "a.pd", $"--resume={named}/"));
    }

    [Theory]
    [InlineData("run", "--resume", "a.pd")]
    [InlineData("run", "a.pd", "--resume", "job")]
    public void Other_words_stay(params string[] words) => Assert.Equal(words, Next(words));

    private static string[] Next(params string[] words) => [.. RestartWords.next(1, ListModule.OfSeq(words))];
}
