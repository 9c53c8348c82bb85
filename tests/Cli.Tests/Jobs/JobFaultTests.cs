using Xunit;

namespace ParDsl.Cli.Tests.Jobs;

/// <summary>What ends a job before its time, a full disk, its time limit, a torn part, costs nothing that a checkpoint holds.</summary>
[Collection(Training.Collection)]
public sealed class JobFaultTests : IDisposable
{
    private const string Spec = """
        data { source synthetic 142 seed=1; input [10]; target class 3; validation 10% }
        model { fc1: linear 16; batch_norm; relu; dropout 0.2; linear 3 }
        train { loss cross_entropy; optimizer adamw lr=0.01; batch 16; steps 60; checkpoint every=4 steps keep=99 }
        parallel { pipeline 2 microbatches=2 }

        """;

    private readonly Scratch scratch = new();

    public JobFaultTests() => scratch.Write("a.pd", Spec);

    public static TheoryData<string> Launchers => [Launcher.OpenMpi, Launcher.Mpich];

    public void Dispose() => scratch.Dispose();

    [Theory]
    [MemberData(nameof(Launchers))]
    public void A_disk_that_fills_up_stops_all_ranks_and_leaves_the_last_whole_checkpoint(string launcher)
    {
        using var disk = SmallDisk.TryMount(scratch.At("disk"), "300k");
        Assert.SkipWhen(disk is null, "only root can mount a small file system");
        Require(launcher, "--out", "whole");
        var (result, codes) = Launcher.RunNoted(launcher, 2, scratch.Folder, Pardsl.Program, "run", "a.pd", "--out", "disk/out", "--quiet");
        Assert.Equal(3, result.Exit);
        Assert.DoesNotContain("0", codes);
        var told = Assert.Single(Errors(result));
        Assert.Contains("error PD5220: ", told, StringComparison.Ordinal);
        Assert.Contains("the disk is full", told, StringComparison.Ordinal);
        // A hidden folder with the parts that were under way may be left, which nobody reads.
        Require(launcher, "--resume", "disk/out", "--out", "rest");
        Assert.Equal(Parts("whole", 60), Parts("rest", 60));
    }

    [Theory]
    [MemberData(nameof(Launchers))]
    public void A_part_with_a_flipped_bit_is_told_of_once_and_the_checkpoint_before_it_taken(string launcher)
    {
        Require(launcher, "--out", "whole");
        Require(launcher, "--out", "cut", "--steps", "24");
        var part = Directory.GetFiles(scratch.At("cut/checkpoints/step-24"), "model-00002-of-*").Single();
        var bytes = File.ReadAllBytes(part);
        bytes[^3] ^= 0x10;
        File.WriteAllBytes(part, bytes);
        var resumed = Require(launcher, "--resume", "cut");
        Assert.Contains("step-24", Assert.Single(resumed.Lines, line => line.StartsWith("warning PD5230: ", StringComparison.Ordinal)), StringComparison.Ordinal);
        Assert.Equal(Parts("whole", 60), Parts("cut", 60));
    }

    [Theory]
    [MemberData(nameof(Launchers))]
    public void At_the_time_limit_all_ranks_end_with_a_checkpoint_and_a_code_to_requeue_on(string launcher)
    {
        var (result, codes) = Launcher.RunNoted(
            launcher, 2, scratch.Folder, Pardsl.Program, "run", "a.pd", "--set", "train.steps=100000000", "--time-limit", "8s", "--out", "out", "--quiet");
        Assert.True(result.Exit == 75, result.ToString());
        Assert.All(codes, code => Assert.Equal("75", code));
        Assert.Empty(Errors(result));
        Assert.NotEmpty(Directory.GetDirectories(scratch.At("out/checkpoints")));
    }

    private ProgramResult Require(string launcher, params string[] words)
    {
        var result = Launcher.Run(launcher, 2, scratch.Folder, [Pardsl.Program, "run", "a.pd", "--quiet", .. words]);
        Assert.True(result.Exit == 0, result.ToString());
        return result;
    }

    private static IEnumerable<string> Errors(ProgramResult result) =>
        result.Lines.Where(line => line.StartsWith("error PD", StringComparison.Ordinal));

    /// <summary>The bits of a checkpoint, by file.</summary>
    private string[] Parts(string run, int step) =>
        [.. Directory.GetFiles(scratch.At($"{run}/checkpoints/step-{step}"), "*.safetensors").Order(StringComparer.Ordinal)
            .Select(file => $"{Path.GetFileName(file)} {Convert.ToHexString(File.ReadAllBytes(file))}")];
}
