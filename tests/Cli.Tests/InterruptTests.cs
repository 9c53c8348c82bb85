using System.Diagnostics;
using ParDsl.Runtime.Checkpoints;
using Xunit;

namespace ParDsl.Cli.Tests;

/// <summary>Ctrl-C and SIGTERM, sent as the signals that a terminal and a scheduler send.</summary>
[Collection(Training.Collection)]
public sealed class InterruptTests : IDisposable
{
    private readonly Scratch scratch = new();

    public void Dispose() => scratch.Dispose();

    [Theory]
    [InlineData("INT", 130)]
    [InlineData("TERM", 75)]
    public void The_first_signal_stops_all_ranks_and_writes_a_checkpoint(string signal, int exit)
    {
        scratch.Write("a.pd", Specs.Synthetic("steps 100000000", parallel: "parallel { data 2 }"));
        using var process = Pardsl.Start(scratch.Folder, "run", "a.pd", "--out", "out", "--json");
        WaitFor("step", process);
        Pardsl.Send(signal, process);

        var result = Pardsl.Finish(process, TimeSpan.FromSeconds(20));
        Assert.True(result.Exit == exit, result.ToString());
        Assert.Contains("\"interrupted\":true", result.Output, StringComparison.Ordinal);
        var checkpoint = Assert.Single(Directory.GetDirectories(scratch.At("out/checkpoints")));
        Assert.True(new FileInfo(Path.Combine(checkpoint, "model.safetensors")).Length > 0);
        var header = SafetensorsFile.ReadHeader(Path.Combine(checkpoint, "model.safetensors"));
        Assert.NotNull(header);
    }

    [Fact]
    public void An_evaluation_is_stopped_too_and_the_checkpoint_written()
    {
        scratch.Write("a.pd", Specs.Synthetic("steps 1", 4_000_000).Replace("target [2]", "target [2]; validation 99%", StringComparison.Ordinal));
        using var process = Pardsl.Start(scratch.Folder, "run", "a.pd", "--out", "out", "--json");
        WaitFor("step", process);
        Pardsl.Send("INT", process);

        var result = Pardsl.Finish(process, TimeSpan.FromSeconds(20));
        Assert.True(result.Exit == 130, result.ToString());
        Assert.Contains("\"interrupted\":true", result.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("\"event\":\"epoch\"", result.Output, StringComparison.Ordinal);
        Assert.Single(Directory.GetDirectories(scratch.At("out/checkpoints")));
    }

    [Fact]
    public void Before_the_first_step_nothing_is_left_behind()
    {
        scratch.Write("a.pd", Specs.Synthetic("steps 10", 20_000_000));
        using var process = Pardsl.Start(scratch.Folder, "run", "a.pd", "--out", "out", "--json");
        WaitFor("plan", process);
        WaitForFolder(scratch.At("out"));
        Pardsl.Send("INT", process);

        var result = Pardsl.Finish(process, TimeSpan.FromSeconds(20));
        Assert.True(result.Exit == 130, result.ToString());
        Assert.Contains("before the first step", result.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(scratch.At("out")), "the run's folder is still there");
    }

    private static void WaitFor(string kind, Process process) =>
        Pardsl.WaitFor($"\"event\":\"{kind}\"", process.StandardOutput);

    private static void WaitForFolder(string folder)
    {
        for (var attempt = 0; attempt < 500 && !File.Exists(Path.Combine(folder, "plan.txt")); attempt++)
            Thread.Sleep(10);
    }
}
