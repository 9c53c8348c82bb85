using ParDsl.Runtime.Reporting;
using ParDsl.Runtime.Tests.Checkpoints;
using Xunit;

namespace ParDsl.Runtime.Tests.Reporting;

/// <summary>A run's folder that a run goes on in.</summary>
public sealed class ReopenedFolderTests : IDisposable
{
    private static readonly DateTimeOffset Now = new(2026, 5, 4, 3, 2, 1, TimeSpan.Zero);

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("{\"step\":1}\n{\"step\":2}\n{\"step\":3}\n", 2, "{\"step\":1}\n{\"step\":2}\n")]
    [InlineData("{\"step\":1}\n{\"step\":2}\n", 2, "{\"step\":1}\n{\"step\":2}\n")]
    [InlineData("{\"step\":1}\n{\"step\":2}\n{\"st", 9, "{\"step\":1}\n{\"step\":2}\n")]
    [InlineData("{\"step\":1}\nnoise\n{\"step\":2}\n", 9, "{\"step\":1}\n")]
    [InlineData("{\"step\":10}\n", 9, "")]
    [InlineData("", 9, "")]
    public void Lines_behind_the_checkpoint_are_cut_off(string before, long step, string after)
    {
        File.WriteAllText(folder["metrics.jsonl"], before);
        using var run = RunFolder.Reopen(folder.Path, "x");
        Assert.Equal(before, File.ReadAllText(folder["metrics.jsonl"]));
        run.GoOn(step);
        Assert.Equal(after, File.ReadAllText(folder["metrics.jsonl"]));
    }

    [Fact]
    public void A_folder_that_goes_on_in_another_process_is_refused()
    {
        using var first = RunFolder.Create("x", Now, folder["run"]);
        var failure = Assert.Throws<RunFailedException>(() => RunFolder.Reopen(folder["run"], "x"));
        Assert.Equal("PD5236", failure.Diagnostic.Code);
        first.Dispose();
        RunFolder.Reopen(folder["run"], "x").Dispose();
    }

    [Fact]
    public void What_was_left_half_written_is_removed()
    {
        Directory.CreateDirectory(folder["checkpoints/.abc.tmp"]);
        File.WriteAllText(folder["checkpoints/.abc.tmp/model.safetensors"], "half");
        File.WriteAllText(folder[".def.tmp"], "half");
        Directory.CreateSymbolicLink(folder["checkpoints/.ghi.tmp"], "step-1");
        using var run = RunFolder.Reopen(folder.Path, "x");
        run.GoOn(0);
        Assert.Empty(Directory.GetFileSystemEntries(folder["checkpoints"]));
        Assert.False(File.Exists(folder[".def.tmp"]));
    }

    [Fact]
    public void A_reopened_folder_that_is_discarded_stays_as_it_was()
    {
        File.WriteAllText(folder["metrics.jsonl"], "{\"step\":1}\n");
        File.WriteAllText(folder["x.pd"], "spec");
        RunFolder.Reopen(folder.Path, "x").Discard();
        Assert.Equal("{\"step\":1}\n", File.ReadAllText(folder["metrics.jsonl"]));
        Assert.Equal("spec", File.ReadAllText(folder["x.pd"]));
    }

    [Fact]
    public void Events_of_a_run_that_goes_on_begin_with_where_the_old_ones_end()
    {
        using (var first = RunFolder.Create("x", Now, folder["run"]))
            first.Observe();
        using (var again = RunFolder.Reopen(folder["run"], "x"))
            again.GoOn(41);
        var files = Directory.GetFiles(folder["run"], "events*").Order(StringComparer.Ordinal).ToArray();
        Assert.Equal(2, files.Length);
        // Field 2, step 42, and field 7, a session log whose field 1 is START.
        Assert.Contains("102A3A020801", Convert.ToHexString(File.ReadAllBytes(files[1])), StringComparison.Ordinal);
    }
}
