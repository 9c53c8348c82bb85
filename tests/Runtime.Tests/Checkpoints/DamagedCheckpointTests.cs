using ParDsl.Runtime.Checkpoints;
using ParDsl.Runtime.Tests.Resuming;
using ParDsl.Runtime.Tests.Training;
using ParDsl.Runtime.Training;
using Xunit;

namespace ParDsl.Runtime.Tests.Checkpoints;

/// <summary>No checkpoint that has lost a bit is ever taken for whole, and the newest whole one is what a run goes on from.</summary>
public sealed class DamagedCheckpointTests : IDisposable
{
    private const int FlipsPerFile = 60;

    private readonly TemporaryFolder folder = new();

    public DamagedCheckpointTests() => SavedRun.Run(
        Specs.Plan("input [6]; target [2]", "linear 8; tanh; linear 2", "loss mse; optimizer adamw; batch 16; steps 6; checkpoint every=2 steps", 1, SavedRun.SampleCount),
        folder.Path);

    public static TheoryData<string> Files => ["model.safetensors", "optimizer.safetensors", "state.json", "spec.pd", "SHA256SUMS"];

    private string Newest => CheckpointFolder.Of(folder.Path, 6);

    public void Dispose() => folder.Dispose();

    [Fact]
    public void The_newest_one_is_taken_where_all_are_whole()
    {
        var point = ResumeSearch.At(folder.Path, isNewFolder: false);
        Assert.Equal(6, point.Checkpoint.State.Step);
        Assert.Empty(point.Warnings);
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void A_flipped_bit_anywhere_is_found(string file)
    {
        var path = Path.Combine(Newest, file);
        var bytes = File.ReadAllBytes(path);
        var random = new Random(file.Length);
        for (var flip = 0; flip < FlipsPerFile; flip++)
        {
            var place = random.Next(bytes.Length);
            var bit = (byte)(1 << random.Next(8));
            bytes[place] ^= bit;
            File.WriteAllBytes(path, bytes);
            Assert.True(CheckpointReader.Read(Newest, out var flaw) is null, $"bit {bit} of byte {place} of {file}");
            Assert.NotEqual("", flaw);
            bytes[place] ^= bit;
        }

        File.WriteAllBytes(path, bytes);
        Assert.NotNull(CheckpointReader.Read(Newest, out _));
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void A_file_cut_short_is_found_and_the_one_before_taken(string file)
    {
        var path = Path.Combine(Newest, file);
        var length = new FileInfo(path).Length;
        foreach (var kept in new[] { 0, 1, length / 2, length - 1 })
        {
            File.WriteAllBytes(path, File.ReadAllBytes(path)[..(int)Math.Min(kept, new FileInfo(path).Length)]);
            AssertPassedOver(4, file);
        }
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void A_file_that_is_missing_is_found_and_the_one_before_taken(string file)
    {
        File.Delete(Path.Combine(Newest, file));
        AssertPassedOver(4, file);
    }

    [Fact]
    public void Several_damaged_ones_are_passed_over_one_after_the_other()
    {
        foreach (var step in (long[])[4, 6])
            File.AppendAllText(Path.Combine(CheckpointFolder.Of(folder.Path, step), "state.json"), " ");
        var point = ResumeSearch.At(folder.Path, isNewFolder: false);
        Assert.Equal(2, point.Checkpoint.State.Step);
        Assert.Equal(["PD5230", "PD5230"], point.Warnings.Select(warning => warning.Code));
        Assert.Equal(2, point.Damaged.Length);
    }

    [Fact]
    public void Without_a_whole_one_there_is_nothing_to_go_on_from()
    {
        foreach (var (_, path) in CheckpointFolder.List(folder.Path))
            File.Delete(Path.Combine(path, "SHA256SUMS"));
        var failure = Assert.Throws<RunFailedException>(() => ResumeSearch.At(folder.Path, isNewFolder: false));
        Assert.Equal("PD5232", failure.Diagnostic.Code);
        Assert.Contains("all 3 are damaged", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_damaged_one_that_is_named_is_refused()
    {
        File.Delete(Path.Combine(Newest, "model.safetensors"));
        var failure = Assert.Throws<RunFailedException>(() => ResumeSearch.At(Newest, isNewFolder: true));
        Assert.Equal("PD5233", failure.Diagnostic.Code);
    }

    [Fact]
    public void What_a_killed_process_left_half_written_is_no_checkpoint()
    {
        var half = Path.Combine(folder.Path, "checkpoints", ".0123.tmp");
        Directory.Move(Newest, half);
        Assert.Equal(4, ResumeSearch.At(folder.Path, isNewFolder: false).Checkpoint.State.Step);
    }

    /// <summary>It would be taken for the newest, and the run would silently go back to where it was made.</summary>
    [Fact]
    public void An_old_one_under_a_newer_name_is_passed_over()
    {
        Directory.Delete(Newest, recursive: true);
        Directory.Move(CheckpointFolder.Of(folder.Path, 2), Newest);
        AssertPassedOver(4, "it is of update 2, and bears the name of another one");
    }

    [Fact]
    public void One_under_a_name_that_is_no_updates_is_whole()
    {
        var renamed = Path.Combine(folder.Path, "kept");
        Directory.Move(Newest, renamed);
        Assert.Equal(6, CheckpointReader.Read(renamed, out _)?.State.Step);
    }

    private void AssertPassedOver(long taken, string file)
    {
        var point = ResumeSearch.At(folder.Path, isNewFolder: false);
        Assert.Equal(taken, point.Checkpoint.State.Step);
        var warning = Assert.Single(point.Warnings);
        Assert.Equal("PD5230", warning.Code);
        Assert.Contains(file, warning.Message, StringComparison.Ordinal);
        Assert.Equal(Path.GetFullPath(Newest), Assert.Single(point.Damaged));
    }
}
