using System.Globalization;
using System.Text.Json.Nodes;
using ParDsl.Compiler.Hardware;
using ParDsl.Diagnostics;
using ParDsl.Runtime.Calibration.Keeping;
using ParDsl.Runtime.Tests.Checkpoints;
using Xunit;

namespace ParDsl.Runtime.Tests.Calibration;

/// <summary>A calibration comes back as it was kept; one that cannot be trusted is ignored with one warning.</summary>
public sealed class CalibrationStoreTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    private string File => folder["deep/calibration.json"];

    public void Dispose() => folder.Dispose();

    [Fact]
    public void What_is_kept_comes_back_to_the_bit()
    {
        var kept = Figures.Calibration();
        CalibrationStore.Keep(File, kept);
        var found = CalibrationStore.Find(File, Figures.Machine);

        Assert.Null(found.Warning);
        Assert.Equal(Figures.All(kept.Performance), Figures.All(found.Calibration!.Performance));
        Assert.Equal(Figures.Panels, found.Calibration.Performance.Panels);
        Assert.Equal(kept.Performance.Origin, found.Calibration.Performance.Origin);
        Assert.Equal((kept.Machine, kept.Date), (found.Calibration.Machine, found.Calibration.Date));
        Assert.Equal(kept.Performance.Shares.Select(share => share.Ranks), found.Calibration.Performance.Shares.Select(share => share.Ranks));
    }

    [Fact]
    public void A_new_one_replaces_the_old_one_and_leaves_nothing_else()
    {
        CalibrationStore.Keep(File, Figures.Calibration());
        CalibrationStore.Keep(File, Figures.Calibration());
        Assert.Single(Directory.GetFileSystemEntries(Path.GetDirectoryName(File)!));
    }

    [Fact]
    public void Where_none_is_there_is_nothing_to_say()
    {
        Assert.Equal(CalibrationFinding.None, CalibrationStore.Find(File, Figures.Machine));
        Directory.CreateDirectory(File);
        Assert.Equal(CalibrationFinding.None, CalibrationStore.Find(File, Figures.Machine));
    }

    [Fact]
    public void One_that_was_cut_anywhere_is_ignored()
    {
        CalibrationStore.Keep(File, Figures.Calibration());
        var text = System.IO.File.ReadAllText(File).TrimEnd();
        for (var length = 0; length < text.Length; length += 1 + (text.Length / 97))
        {
            System.IO.File.WriteAllText(File, text[..length]);
            Ignored("PD5401", Figures.Machine);
        }
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("\"calibration\"")]
    [InlineData("{\"format_version\":\"1\"}")]
    [InlineData("{\"format_version\":1e400}")]
    public void Text_that_is_no_calibration_is_ignored(string text)
    {
        Directory.CreateDirectory(folder["deep"]);
        System.IO.File.WriteAllText(File, text);
        Ignored("PD5401", Figures.Machine);
    }

    [Theory]
    [InlineData("shares.0.operation_seconds", "0")]
    [InlineData("shares.1.specials_per_second", "-1")]
    [InlineData("shares.1.specials_per_second", "1e999")]
    [InlineData("shares.1.specials_per_second", "\"much\"")]
    [InlineData("shares.1.ranks", "1")]
    [InlineData("shares.2.memory", "[]")]
    [InlineData("shares.2.memory", "[[8,1],[4,1]]")]
    [InlineData("shares.2.memory", "[[8,1,2]]")]
    [InlineData("shares", "[]")]
    [InlineData("between_machines.latency_seconds", "null")]
    [InlineData("machine.processor", "null")]
    [InlineData("machine.gpus.0", "null")]
    [InlineData("date", "\"yesterday\"")]
    [InlineData("shares.0.layers", "null")]
    [InlineData("shares.0.layers.relu | [8]", "[]")]
    [InlineData("shares.0.layers.relu | [8]", "[[0,1,1]]")]
    [InlineData("shares.0.layers.relu | [8]", "[[4,1,1],[2,1,1]]")]
    [InlineData("shares.0.layers.relu | [8]", "[[4,-1,1]]")]
    [InlineData("shares.0.layers.relu | [8]", "[[4,1]]")]
    [InlineData("panels", "null")]
    [InlineData("panels.0", "[]")]
    [InlineData("panels.0.0", "\"outputs\"")]
    [InlineData("panels.0.1", "\"float31\"")]
    [InlineData("panels.0.2", "0")]
    [InlineData("panels.0.5", "1e9")]
    [InlineData("panels.0.6", "-1")]
    [InlineData("panels", "[[\"output\",\"float32\",8,6,4,2,1],[\"output\",\"float32\",8,6,4,2,2]]")]
    [InlineData("format_version", "3")]
    [InlineData("format_version", "5")]
    public void A_figure_that_no_machine_has_is_not_trusted(string place, string value)
    {
        CalibrationStore.Keep(File, Figures.Calibration());
        Change(place, value);
        Ignored("PD5401", Figures.Machine);
    }

    [Fact]
    public void A_layer_that_was_measured_twice_is_not_trusted()
    {
        CalibrationStore.Keep(File, Figures.Calibration());
        var text = System.IO.File.ReadAllText(File);
        System.IO.File.WriteAllText(File, text.Replace("\"relu | [8]\":", "\"relu | [8]\": [[1,1,1]], \"relu | [8]\":", StringComparison.Ordinal));
        Assert.NotEqual(text, System.IO.File.ReadAllText(File));
        Assert.DoesNotContain("file name", Ignored("PD5401", Figures.Machine).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("machine.processor", "\"abacus\"", "`abacus` and not")]
    [InlineData("machine.cores", "64", "measured on 64 cores and 6 may be used here")]
    [InlineData("machine.cores", "4", "4 cores and not 6")]
    [InlineData("machine.memory_bytes", "68719476736", "64 GiB of memory and not 32 GiB")]
    [InlineData("machine.gpus", "[]", "no GPU and not A100")]
    [InlineData("machine.gpus", "[\"A100\",\"H100\"]", "A100, H100 and not A100")]
    public void That_of_another_machine_is_ignored(string place, string value, string difference)
    {
        CalibrationStore.Keep(File, Figures.Calibration());
        Change(place, value);
        Assert.Contains(difference, Ignored("PD5402", Figures.Machine).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_little_more_memory_is_the_same_machine()
    {
        CalibrationStore.Keep(File, Figures.Calibration());
        Assert.NotNull(CalibrationStore.Find(File, Figures.Machine with { MemoryBytes = 31L << 30 }).Calibration);
    }

    [Theory]
    [InlineData("pardsl", "ParDsl 0.0.9")]
    [InlineData("libtorch", "libtorch 0.0.9")]
    public void That_of_another_version_is_ignored(string place, string told)
    {
        CalibrationStore.Keep(File, Figures.Calibration());
        Change(place, "\"0.0.9\"");
        Assert.Contains(told, Ignored("PD5403", Figures.Machine).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_cache_that_cannot_be_written_is_one_error()
    {
        System.IO.File.WriteAllText(folder["file"], "");
        var failure = Assert.Throws<RunFailedException>(
            () => CalibrationStore.Keep(folder["file/calibration.json"], Figures.Calibration()));
        Assert.Equal("PD5404", failure.Diagnostic.Code);
        Assert.Equal("", System.IO.File.ReadAllText(folder["file"]));
    }

    private Diagnostic Ignored(string code, HardwareDescription machine)
    {
        var found = CalibrationStore.Find(File, machine);
        Assert.Null(found.Calibration);
        Assert.Equal((code, Severity.Warning), (found.Warning!.Code, found.Warning.Severity));
        Assert.Contains("pardsl devices --calibrate", found.Warning.Help, StringComparison.Ordinal);
        return found.Warning;
    }

    /// <param name="place">Names and numbers from the root on.</param>
    private void Change(string place, string value)
    {
        var root = JsonNode.Parse(System.IO.File.ReadAllText(File))!;
        var parts = place.Split('.');
        var owner = parts[..^1].Aggregate(root, (node, part) => Child(node, part)!);
        const string mark = "\"the changed value\"";
        if (owner is JsonArray list)
            list[int.Parse(parts[^1], CultureInfo.InvariantCulture)] = JsonNode.Parse(mark);
        else
            owner[parts[^1]] = JsonNode.Parse(mark);
        System.IO.File.WriteAllText(File, root.ToJsonString().Replace(mark, value, StringComparison.Ordinal));
    }

    private static JsonNode? Child(JsonNode node, string part) =>
        node is JsonArray list ? list[int.Parse(part, CultureInfo.InvariantCulture)] : node[part];
}
