using System.Diagnostics;
using System.Globalization;
using ParDsl.Runtime.Checkpoints;
using Xunit;

namespace ParDsl.Cli.Tests;

/// <summary>Ctrl-C, sent as the signal that a terminal sends.</summary>
[Collection(Training.Collection)]
public sealed class InterruptTests : IDisposable
{
    private readonly Scratch scratch = new();

    public void Dispose() => scratch.Dispose();

    [Theory]
    [InlineData("INT")]
    [InlineData("TERM")]
    public void The_first_signal_stops_all_ranks_and_writes_a_checkpoint(string signal)
    {
        scratch.Write("a.pd", Specs.Synthetic("steps 100000000", parallel: "parallel { data 2 }"));
        using var process = Pardsl.Start(scratch.Folder, "run", "a.pd", "--out", "out", "--json");
        WaitForAStep(process);
        Send(signal, process);

        var result = Pardsl.Finish(process, TimeSpan.FromSeconds(20));
        Assert.True(result.Exit == 130, result.ToString());
        Assert.Contains("\"interrupted\":true", result.Output, StringComparison.Ordinal);
        var checkpoint = Assert.Single(Directory.GetDirectories(scratch.At("out/checkpoints")));
        Assert.True(new FileInfo(Path.Combine(checkpoint, "model.safetensors")).Length > 0);
        var header = SafetensorsFile.ReadHeader(Path.Combine(checkpoint, "model.safetensors"));
        Assert.NotNull(header);
    }

    private static void WaitForAStep(Process process)
    {
        string? line;
        do
        {
            line = process.StandardOutput.ReadLine();
            Assert.NotNull(line);
        }
        while (!line.Contains("\"step\"", StringComparison.Ordinal));
    }

    private static void Send(string signal, Process process)
    {
        using var kill = Process.Start("kill", ["-" + signal, process.Id.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }
}
