using System.Text.Json;
using Xunit;

namespace ParDsl.Cli.Tests;

/// <summary>
/// <c>pardsl devices</c> with and without <c>--calibrate</c>, and what <c>plan</c> and <c>run</c> say of a calibration that they
/// do not trust.
/// </summary>
[Collection(Training.Collection)]
public sealed class CalibrationTests : IDisposable
{
    private const string Variable = "PARDSL_CALIBRATION";

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    private readonly Scratch scratch = new();

    private string File => scratch.At("kept/calibration.json");

    public void Dispose() => scratch.Dispose();

    [Fact]
    public void Without_one_it_says_how_to_get_one()
    {
        var result = Run("devices");
        Assert.True(result is { Exit: 0, Error: "" }, result.ToString());
        Assert.Contains("cpu", result.Output, StringComparison.Ordinal);
        Assert.Contains("pardsl devices --calibrate", result.Output, StringComparison.Ordinal);
        var json = JsonDocument.Parse(Assert.Single(Run("devices", "--json").OutputLines)).RootElement;
        Assert.Equal("devices", json.GetProperty("event").GetString());
        Assert.Equal(JsonValueKind.Null, json.GetProperty("calibration").ValueKind);
    }

    [Fact]
    public void A_machine_is_measured_once_and_known_from_then_on()
    {
        using var process = Pardsl.StartWithVariable(scratch.Folder, Variable, File, "devices", "--calibrate", "--json");
        process.StandardInput.Close();
        var made = Pardsl.Finish(process, Patience);
        Assert.True(made.Exit == 0, made.ToString());
        Assert.Contains("1 rank", made.Error, StringComparison.Ordinal);

        var known = Run("devices", "--json");
        Assert.True(known is { Exit: 0, Error: "" }, known.ToString());
        Assert.Equal(made.Output, known.Output);
        var shares = JsonDocument.Parse(known.Output).RootElement.GetProperty("calibration").GetProperty("shares");
        var ranks = shares.EnumerateArray().Select(share => share.GetProperty("ranks").GetInt32()).ToArray();
        Assert.Equal((1, 2 * Environment.ProcessorCount), (ranks[0], ranks[^1]));
        Assert.All(shares.EnumerateArray(), share => Assert.NotEqual(0, share.GetProperty("updates").GetArrayLength()));
        var table = Run("devices").Output;
        Assert.Contains("calibrated on", table, StringComparison.Ordinal);
        Assert.Contains("the optimizer's step", table, StringComparison.Ordinal);
        scratch.Write("a.pd", Specs.Synthetic("steps 1"));
        Assert.Equal("", Run("plan", "a.pd").Error);
        ItsLayersAreMeasuredBesideIt();
    }

    private void ItsLayersAreMeasuredBesideIt()
    {
        var kept = System.IO.File.ReadAllText(File);
        var layers = Run("devices", "--calibrate", "a.pd");
        Assert.True(layers.Exit == 0, layers.ToString());
        Assert.DoesNotContain("measuring this machine", layers.Error, StringComparison.Ordinal);
        Assert.Contains("layers of a, 1 rank", layers.Error, StringComparison.Ordinal);
        Assert.Contains("linear", layers.Output, StringComparison.Ordinal);
        Assert.NotEqual(kept, System.IO.File.ReadAllText(File));
        Assert.Contains("with its layers", Run("plan", "a.pd").Output, StringComparison.Ordinal);
        Assert.Contains("of specs measured by name", Run("devices").Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1, "PD1001", "devices", "--calibrate", "missing.pd")]
    [InlineData(1, "PD", "devices", "--calibrate", "wrong.pd")]
    [InlineData(2, "takes one file, and here are 2", "devices", "--calibrate", "a.pd", "b.pd")]
    [InlineData(2, "cannot use `a.pd`", "devices", "a.pd")]
    [InlineData(2, "`--set` has nothing to say without", "devices", "--calibrate", "--set", "width=8")]
    public void What_is_wrong_is_said_before_anything_is_measured(int exit, string words, params string[] line)
    {
        scratch.Write("wrong.pd", "model { linear }");
        var result = Run(line);
        Assert.Equal(exit, result.Exit);
        Assert.Contains(words, result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("measuring", result.Error, StringComparison.Ordinal);
        Assert.False(System.IO.File.Exists(File));
    }

    [Fact]
    public void An_interruption_leaves_the_old_one()
    {
        Directory.CreateDirectory(scratch.At("kept"));
        scratch.Write("kept/calibration.json", "the old one");
        using var process = Pardsl.StartWithVariable(scratch.Folder, Variable, File, "devices", "--calibrate");
        Pardsl.WaitFor("1 rank", process.StandardError);
        Pardsl.Send("INT", process);

        var result = Pardsl.Finish(process, TimeSpan.FromSeconds(30));
        Assert.True(result.Exit == 130, result.ToString());
        Assert.Equal("interrupted: what was kept before stays as it was\n", result.Error[result.Error.IndexOf("interrupted", StringComparison.Ordinal)..]);
        Assert.Equal("the old one", System.IO.File.ReadAllText(File));
        Assert.Equal([File], Directory.GetFileSystemEntries(scratch.At("kept")));
    }

    [Theory]
    [InlineData("devices")]
    [InlineData("plan", "a.pd")]
    [InlineData("run", "a.pd", "--quiet")]
    [InlineData("show", "plan", "a.pd")]
    public void A_torn_one_is_ignored_with_one_warning(params string[] words)
    {
        Directory.CreateDirectory(scratch.At("kept"));
        scratch.Write("kept/calibration.json", "{\"format_version\":1,");
        scratch.Write("a.pd", Specs.Synthetic("steps 1"));
        var result = Run(words);
        Assert.True(result.Exit == 0, result.ToString());
        Assert.Equal(
            $"warning PD5401: the calibration `{File}` is ignored: it is not as it was written\n"
                + "help: measure this machine: `pardsl devices --calibrate`\n",
            result.Error);
    }

    [Fact]
    public void A_torn_one_is_told_once_of_a_comparison_of_layouts()
    {
        Directory.CreateDirectory(scratch.At("kept"));
        scratch.Write("kept/calibration.json", "{\"format_version\":1,");
        scratch.Write("a.pd", Specs.Synthetic("steps 1"));
        var result = Run("verify", "a.pd", "--steps", "1", "--layouts", "data=2", "--layouts", "data=4");
        Assert.True(result.Exit == 0, result.ToString());
        Assert.Single(result.Error.Split('\n'), line => line.StartsWith("warning PD5401: ", StringComparison.Ordinal));
    }

    [Fact]
    public void What_is_planned_for_other_hardware_says_nothing_of_it()
    {
        Directory.CreateDirectory(scratch.At("kept"));
        scratch.Write("kept/calibration.json", "{\"format_version\":1,");
        scratch.Write("a.pd", Specs.Synthetic("steps 1"));
        Assert.Equal("", Run("show", "plan", "a.pd", "--on", "h100").Error);
    }

    [Fact]
    public void A_cache_that_cannot_be_written_is_known_before_anything_is_measured()
    {
        scratch.Write("kept", "a file where a folder should be");
        var result = Run("devices", "--calibrate");
        Assert.Equal(3, result.Exit);
        Assert.StartsWith($"error PD5404: the calibration cannot be kept as `{File}`: ", result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("1 rank", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_full_disk_is_one_error_and_leaves_no_file()
    {
        using var disk = SmallDisk.TryMount(scratch.At("kept"), "4k");
        if (disk is null)
            Assert.Skip("this process may not mount a file system");
        System.IO.File.WriteAllBytes(scratch.At("kept/filler"), new byte[4096]);
        var result = Run("devices", "--calibrate");
        Assert.Equal(3, result.Exit);
        Assert.Contains("the disk is full", result.Error, StringComparison.Ordinal);
        Assert.Equal([scratch.At("kept/filler")], Directory.GetFileSystemEntries(scratch.At("kept")));
    }

    private ProgramResult Run(params string[] words) => Pardsl.RunWithVariable(scratch.Folder, Variable, File, words);
}
