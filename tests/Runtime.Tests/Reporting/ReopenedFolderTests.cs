using System.Collections.Immutable;
using ParDsl.Runtime.Reporting;
using ParDsl.Runtime.Tests.Checkpoints;
using ParDsl.Runtime.Training;
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
    public void One_that_goes_on_and_is_discarded_keeps_what_the_run_has()
    {
        File.WriteAllText(folder["metrics.jsonl"], "{\"step\":1}\n");
        using var run = RunFolder.Reopen(folder.Path, "x");
        run.GoOn(1);
        run.WriteTexts("plan", "spec");
        run.Discard();
        Assert.Equal("{\"step\":1}\n", File.ReadAllText(folder["metrics.jsonl"]));
        Assert.Equal("plan", File.ReadAllText(folder["plan.txt"]));
        Assert.Equal("spec", File.ReadAllText(folder["x.pd"]));
    }

    [Fact]
    public void A_folder_that_is_given_back_twice_closes_nobody_elses_file()
    {
        var run = RunFolder.Create("x", Now, folder["run"]);
        run.Dispose();
        // The system gives the lowest free numbers: the lock's is among these.
        var files = Enumerable.Range(0, 16).Select(number => new FileStream(folder[$"{number}"], FileMode.CreateNew, FileAccess.Write, FileShare.None, 0)).ToList();
        run.Dispose();
        foreach (var file in files)
        {
            using (file)
                file.Write("whole"u8);
        }
    }

    [Theory]
    [InlineData("{\"step\":3}\n{\"step\":4,\"loss\":1}\n", "{\"step\":3}\n{\"step\":4,\"loss\":1,\"train\":{\"loss\":2},\"validation\":{\"loss\":3}}\n")]
    [InlineData("{\"step\":3}\n", "{\"step\":3}\n{\"step\":4,\"epoch\":1,\"train\":{\"loss\":2},\"validation\":{\"loss\":3}}\n")]
    [InlineData("", "{\"step\":4,\"epoch\":1,\"train\":{\"loss\":2},\"validation\":{\"loss\":3}}\n")]
    [InlineData("{\"step\":4,\"loss\":1,\"train\":{\"loss\":2}}\n", "{\"step\":4,\"loss\":1,\"train\":{\"loss\":2}}\n")]
    public void An_epoch_whose_evaluation_is_made_up_for_has_its_results_once(string before, string after)
    {
        File.WriteAllText(folder["metrics.jsonl"], before);
        using var run = RunFolder.Reopen(folder.Path, "x");
        run.GoOn(4);
        run.Observe().EpochDone(new EpochReport(1, 4, 1, 1, Loss(2), Loss(3)));
        Assert.Equal(after, File.ReadAllText(folder["metrics.jsonl"]));
    }

    [Fact]
    public void What_comes_behind_results_that_were_made_up_for_has_lines_of_its_own()
    {
        File.WriteAllText(folder["metrics.jsonl"], "{\"step\":4,\"loss\":1}\n");
        using (var run = RunFolder.Reopen(folder.Path, "x"))
        {
            run.GoOn(4);
            var observer = run.Observe();
            observer.EpochDone(new EpochReport(1, 4, 1, 1, Loss(2), Loss(3)));
            observer.StepDone(new StepReport(5, 2, 1, 1, 1, ImmutableSortedDictionary<string, double>.Empty));
        }

        Assert.Equal(
            ["{\"step\":4,\"loss\":1,\"train\":{\"loss\":2},\"validation\":{\"loss\":3}}", "{\"step\":5,\"epoch\":2,\"loss\":1,\"learning_rate\":1,\"samples_per_second\":1}"],
            File.ReadAllLines(folder["metrics.jsonl"]));
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

    private static ImmutableSortedDictionary<string, double> Loss(double value) =>
        ImmutableSortedDictionary<string, double>.Empty.Add("loss", value);
}
