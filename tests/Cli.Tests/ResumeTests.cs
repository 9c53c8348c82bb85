using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Xunit;

namespace ParDsl.Cli.Tests;

/// <summary>Runs that are stopped, cut off or killed, and go on: as users and schedulers do it.</summary>
[Collection(Training.Collection)]
public sealed class ResumeTests : IDisposable
{
    private const int LastStep = 60;

    private readonly Scratch scratch = new();

    public ResumeTests() => scratch.Write("a.pd", Spec("checkpoint every=4 steps"));

    public void Dispose() => scratch.Dispose();

    [Theory]
    [InlineData("parallel { data 2 }")]
    [InlineData("parallel { pipeline 2 }")]
    public void A_run_that_is_killed_at_any_moment_ends_with_the_same_bits(string parallel)
    {
        scratch.Write("a.pd", Spec("checkpoint every=2 steps keep=2", parallel));
        Require(0, "run", "a.pd", "--out", "whole");
        var random = new Random(7);
        string[] start = ["run", "a.pd", "--out", "killed", "--json"];
        string[] again = ["run", "a.pd", "--resume", "killed", "--json"];
        for (var attempt = 0; attempt < 4; attempt++)
            Kill(attempt == 0 ? start : again, random.Next(1, 12), random.Next(0, 15));
        var last = Require(0, again);
        Assert.Contains("\"event\":\"done\"", last.Output, StringComparison.Ordinal);
        AssertSameEnd("whole", "killed");
        Assert.Equal(Enumerable.Range(1, LastStep), LoggedSteps("killed"));
    }

    [Fact]
    public void Without_a_folder_the_newest_run_of_the_specs_name_goes_on()
    {
        Require(0, "run", "a.pd", "--out", "whole");
        Require(0, "run", "a.pd", "--steps", "10");
        Require(0, "run", "a.pd", "--steps", "22");
        var result = Require(0, "run", "--resume", "a.pd");
        Assert.Contains("/checkpoints/step-22, step 22 of epoch 3", result.Error, StringComparison.Ordinal);
        var newest = Directory.GetDirectories(scratch.At("runs/a")).Order(StringComparer.Ordinal).Last();
        AssertSameEnd("whole", newest);
        Assert.Equal(2, Directory.GetDirectories(scratch.At("runs/a")).Length);
    }

    [Fact]
    public void A_checkpoint_goes_on_in_another_layout_and_in_a_folder_of_its_own()
    {
        Require(0, "run", "a.pd", "--out", "first");
        Require(0, "run", "a.pd", "--resume=first/checkpoints/step-56", "--out", "second", "--set", "parallel.pipeline=2");
        Assert.Equal(Enumerable.Range(57, LastStep - 56), LoggedSteps("second"));
        Assert.True(Directory.Exists(scratch.At("second/checkpoints/step-60")));
        Assert.Equal(Enumerable.Range(1, LastStep), LoggedSteps("first"));
    }

    /// <summary>The number that was found is written down, and a run that goes on learns with it, whatever would be found now.</summary>
    [Fact]
    public void A_batch_that_was_found_stays_that_of_the_run()
    {
        scratch.Write("b.pd", Spec("").Replace("batch 16", "batch auto", StringComparison.Ordinal));
        Require(0, "run", "b.pd", "--out", "found", "--steps", "2");
        Assert.Contains("batch 128;", File.ReadAllText(scratch.At("found/b.pd")), StringComparison.Ordinal);

        Require(0, "run", "a.pd", "--out", "first", "--steps", "10");
        var result = Require(0, "run", "b.pd", "--resume", "first", "--steps", "12");
        Assert.Contains("step-10, step 10 of epoch 2", result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("`batch auto` takes", result.Error, StringComparison.Ordinal);
        Assert.Equal(Enumerable.Range(1, 12), LoggedSteps("first"));
    }

    [Fact]
    public void A_run_that_has_ended_says_so_and_its_folder_stays_as_it_is()
    {
        Require(0, "run", "a.pd", "--out", "out");
        var before = Files("out");
        var result = Require(0, "run", "a.pd", "--resume", "out");
        Assert.Contains("nothing is left to train: the run has ended, after 60 steps", result.Output, StringComparison.Ordinal);
        Assert.Equal(before, Files("out"));
    }

    [Fact]
    public void A_longer_spec_goes_on_and_another_learning_does_not()
    {
        Require(0, "run", "a.pd", "--out", "out");
        var refused = Require(1, "run", "a.pd", "--resume", "out", "--set", "train.optimizer.lr=0.02");
        Assert.Contains("error PD5235", refused.Error, StringComparison.Ordinal);
        Assert.Contains("`optimizer adamw lr=0.01", refused.Error, StringComparison.Ordinal);
        Require(0, "run", "a.pd", "--resume", "out", "--set", "train.steps=64", "--set", "train.optimizer.lr=0.02", "--allow-changed");
        Assert.Equal(Enumerable.Range(1, 64), LoggedSteps("out"));
    }

    [Theory]
    [InlineData("30s", 0)]
    [InlineData("0.02min", 75)]
    [InlineData("1s", 75)]
    public void A_time_limit_ends_in_a_checkpoint_and_a_code_to_requeue_on(string limit, int exit)
    {
        scratch.Write("long.pd", Spec("checkpoint every=1 epoch").Replace("steps 60", exit == 0 ? "steps 5" : "steps 100000000", StringComparison.Ordinal));
        var result = Require(exit, "run", "long.pd", "--out", "out", "--time-limit", limit);
        Assert.Equal(exit != 0, result.Output.Contains("out of time after", StringComparison.Ordinal));
        var steps = LoggedSteps("out");
        Assert.True(Directory.Exists(scratch.At($"out/checkpoints/step-{steps[^1]}")));
    }

    [Theory]
    [InlineData("`--time-limit` needs a time", "--time-limit", "90")]
    [InlineData("`--time-limit` needs a time", "--time-limit", "0s")]
    [InlineData("`--time-limit` needs a time", "--time-limit", "-1h")]
    [InlineData("`--time-limit` needs a time", "--time-limit", "2d")]
    [InlineData("without `--resume`", "--allow-changed")]
    [InlineData("give one of them", "--resume", "--init", "w.safetensors")]
    [InlineData("more than once", "--resume", "--resume")]
    public void What_the_command_line_gets_wrong_is_told(string words, params string[] options)
    {
        var result = Require(2, ["run", "a.pd", .. options]);
        Assert.Contains(words, result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_run_that_is_still_going_on_is_not_taken_over()
    {
        scratch.Write("long.pd", Spec("checkpoint every=4 steps").Replace("steps 60", "steps 100000000", StringComparison.Ordinal));
        using var process = Pardsl.Start(scratch.Folder, "run", "long.pd", "--out", "out", "--json");
        WaitForStep(process, 9);
        var second = Require(3, "run", "long.pd", "--resume", "out");
        Assert.Contains("error PD5236", second.Error, StringComparison.Ordinal);
        Pardsl.Send("TERM", process);
        Assert.Equal(75, Pardsl.Finish(process, TimeSpan.FromSeconds(20)).Exit);
    }

    /// <summary>A small file system of its own, which fills up while the run writes to it.</summary>
    [Fact]
    public void A_disk_that_fills_up_stops_the_run_and_leaves_the_last_whole_checkpoint()
    {
        using var disk = SmallDisk.TryMount(scratch.At("disk"), "300k");
        Assert.SkipWhen(disk is null, "only root can mount a small file system");
        Require(0, "run", "a.pd", "--out", "whole");
        var result = Require(3, "run", "a.pd", "--out", "disk/out", "--set", "train.checkpoint.keep=99");
        Assert.Contains("error PD5220", result.Error, StringComparison.Ordinal);
        Assert.Contains("the disk is full", result.Error, StringComparison.Ordinal);
        Assert.Contains("the last whole one is `disk/out/checkpoints/step-", result.Error, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(scratch.At("disk/out/checkpoints"), ".*"));
        Require(0, "run", "a.pd", "--resume", "disk/out", "--out", "rest");
        AssertSameEnd("whole", "rest");
    }

    private static string Spec(string checkpoint, string parallel = "parallel { data 2 }") => $$"""
        data { source synthetic 142 seed=1; input [10]; target class 3; validation 10% }
        model { fc1: linear 16; batch_norm; relu; dropout 0.2; linear 3 }
        train {
          loss cross_entropy; optimizer adamw lr=0.01; metric accuracy
          batch 16; steps 60
          {{checkpoint}}
        }
        {{parallel}}
        """;

    /// <summary>Starts a run, lets it train so many updates and a moment more, and kills it.</summary>
    private void Kill(string[] arguments, int steps, int milliseconds)
    {
        using var process = Pardsl.Start(scratch.Folder, arguments);
        WaitForStep(process, steps);
        Thread.Sleep(milliseconds);
        process.Kill();
        process.WaitForExit();
    }

    private static void WaitForStep(Process process, int count)
    {
        for (var step = 0; step < count; step++)
            Pardsl.WaitFor("\"event\":\"step\"", process.StandardOutput);
    }

    private ProgramResult Require(int exit, params string[] arguments)
    {
        var result = Pardsl.Run(scratch.Folder, arguments);
        Assert.True(result.Exit == exit, result.ToString());
        return result;
    }

    private void AssertSameEnd(string one, string other)
    {
        foreach (var file in (string[])["model.safetensors", "optimizer.safetensors"])
        {
            var name = Path.Combine("checkpoints", $"step-{LastStep}", file);
            Assert.Equal(File.ReadAllBytes(Path.Combine(scratch.At(one), name)), File.ReadAllBytes(Path.Combine(scratch.At(other), name)));
        }
    }

    private List<int> LoggedSteps(string folder) =>
    [
        .. File.ReadLines(Path.Combine(scratch.At(folder), "metrics.jsonl")).Select(line => JsonDocument.Parse(line).RootElement.GetProperty("step").GetInt32()),
    ];

    private SortedDictionary<string, string> Files(string folder) => new(
        Directory.GetFiles(scratch.At(folder), "*", SearchOption.AllDirectories).ToDictionary(
            path => path, path => Convert.ToHexString(File.ReadAllBytes(path)) + File.GetLastWriteTimeUtc(path).Ticks.ToString(CultureInfo.InvariantCulture)),
        StringComparer.Ordinal);
}
