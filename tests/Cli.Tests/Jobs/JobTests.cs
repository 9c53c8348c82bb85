using Xunit;

namespace ParDsl.Cli.Tests.Jobs;

/// <summary>
/// <c>pardsl</c> on several processes, started by the launchers of Open MPI and MPICH: every layout learns what one device
/// learns, and whatever goes wrong on one rank is said once and ends all.
/// </summary>
[Collection(Training.Collection)]
public sealed class JobTests : IDisposable
{
    /// <summary>Batch norm, dropout, tied micro-batches, clipping: what meets other ranks in passes and in the update.</summary>
    private const string Spec = """
        data { source synthetic 96 seed=3; input [12]; target class 4 }
        model {
          linear 16; batch_norm; relu; dropout 0.25
          residual { linear 16; tanh }
          linear 12; relu
          linear 4
        }
        train { loss cross_entropy; optimizer adamw lr=1e-2; batch 32; epochs 3; clip 1; accumulate 2; metric accuracy }

        """;

    private readonly Scratch scratch = new();

    public static TheoryData<string, int> LaunchersAndSizes =>
        new() { { Launcher.OpenMpi, 2 }, { Launcher.OpenMpi, 4 }, { Launcher.Mpich, 2 }, { Launcher.Mpich, 4 } };

    public static TheoryData<string> Launchers => [Launcher.OpenMpi, Launcher.Mpich];

    public void Dispose() => scratch.Dispose();

    [Theory]
    [MemberData(nameof(LaunchersAndSizes))]
    public void Every_layout_of_so_many_ranks_learns_what_one_device_learns(string launcher, int ranks)
    {
        scratch.Write("a.pd", Spec);
        string[] layouts = ranks == 2
            ?
            [
                "data=2", "data=2,shard=optimizer", "data=2,shard=gradients", "data=2,shard=parameters", "pipeline=2,schedule=gpipe",
                "pipeline=2,schedule=1f1b", "pipeline=2,schedule=interleaved,chunks=2", "pipeline=2,schedule=zero_bubble", "tensor=2",
            ]
            : ["data=4", "pipeline=4,schedule=1f1b", "data=2,pipeline=2", "data=2,tensor=2", "pipeline=2,tensor=2"];
        var result = Launcher.Run(
            launcher, ranks, scratch.Folder,
            [Pardsl.Program, "verify", "a.pd", "--steps", "3", .. layouts.SelectMany(layout => (string[])["--layouts", layout])]);
        Assert.True(result.Exit == 0, result.ToString());
        Assert.Contains($"{layouts.Length} of {layouts.Length} layouts learn what one device learns", result.Output);
    }

    [Theory]
    [MemberData(nameof(Launchers))]
    public void A_job_writes_what_one_process_writes(string launcher)
    {
        scratch.Write("a.pd", Spec + "parallel { data 2 }");
        var job = Launcher.Run(launcher, 2, scratch.Folder, Pardsl.Program, "run", "a.pd", "--out", "job", "--quiet");
        var alone = Pardsl.Run(scratch.Folder, "run", "a.pd", "--out", "alone", "--quiet");
        Assert.True(job.Exit == 0 && alone.Exit == 0, $"{job}{alone}");
        Assert.Single(job.OutputLines, line => line.StartsWith("files: job", StringComparison.Ordinal));
        Assert.Equal(Files("alone"), Files("job"));
        foreach (var name in (string[])["model.safetensors", "optimizer.safetensors"])
            Assert.Equal(File.ReadAllBytes(Checkpoint("alone", name)), File.ReadAllBytes(Checkpoint("job", name)));
    }

    [Fact]
    public void A_torn_calibration_is_told_once_by_the_first_process()
    {
        scratch.Write("a.pd", Spec + "parallel { data 2 }");
        scratch.Write("no-calibration.json", "{");
        var result = Launcher.Run(Launcher.OpenMpi, 2, scratch.Folder, Pardsl.Program, "run", "a.pd", "--out", "job", "--quiet");
        Assert.True(result.Exit == 0, result.ToString());
        Assert.Single(result.Error.Split('\n'), line => line.Contains("warning PD5401: ", StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Launchers))]
    public void A_wrong_spec_is_told_once(string launcher)
    {
        scratch.Write("a.pd", Spec + "parallel { dta 2 }");
        var result = Launcher.Run(launcher, 2, scratch.Folder, Pardsl.Program, "run", "a.pd");
        Assert.Equal(1, result.Exit);
        Assert.Single(result.LinesWith("error PD2010"));
    }

    /// <summary>These commands meet no other process: the first does their work, and the job ends with its exit code.</summary>
    [Theory]
    [InlineData(Launcher.OpenMpi, "check", "a.pd")]
    [InlineData(Launcher.Mpich, "check", "a.pd")]
    [InlineData(Launcher.OpenMpi, "plan", "a.pd")]
    [InlineData(Launcher.Mpich, "plan", "a.pd")]
    [InlineData(Launcher.OpenMpi, "show", "checked", "a.pd")]
    [InlineData(Launcher.OpenMpi, "explain", "PD2010")]
    public void What_needs_one_process_is_printed_once(string launcher, params string[] words)
    {
        scratch.Write("a.pd", Spec + "parallel { data 2 }");
        var job = Launcher.Run(launcher, 2, scratch.Folder, [Pardsl.Program, .. words]);
        var alone = Pardsl.Run(scratch.Folder, words);
        Assert.True(job.Exit == 0 && alone.Exit == 0, $"{job}{alone}");
        Assert.NotEqual("", alone.Output);
        Assert.Equal(alone.Output, job.Output);
        Assert.Equal(alone.Error, job.Error);
    }

    [Theory]
    [InlineData(Launcher.OpenMpi, "check")]
    [InlineData(Launcher.Mpich, "check")]
    [InlineData(Launcher.OpenMpi, "plan")]
    public void A_mistake_that_one_process_finds_for_all_is_told_once_and_is_the_jobs_exit_code(string launcher, string command)
    {
        scratch.Write("a.pd", Spec + "parallel { dta 2 }");
        var result = Launcher.Run(launcher, 2, scratch.Folder, Pardsl.Program, command, "a.pd");
        Assert.Equal(1, result.Exit);
        Assert.Single(result.LinesWith("error PD2010"));
    }

    /// <summary>All processes have the same words, and see the same mistake in them before they meet.</summary>
    [Theory]
    [InlineData(Launcher.OpenMpi, "run", "a.pd", "--bogus")]
    [InlineData(Launcher.Mpich, "run", "a.pd", "--bogus")]
    [InlineData(Launcher.OpenMpi, "rum", "a.pd")]
    public void A_wrong_command_line_is_told_once(string launcher, params string[] words)
    {
        scratch.Write("a.pd", Spec + "parallel { data 2 }");
        var result = Launcher.RunAsCalled(launcher, scratch.Folder, [], ["-n", "2", Pardsl.Program, .. words]);
        Assert.Equal(2, result.Exit);
        Assert.Single(result.LinesWith("pardsl: "));
    }

    [Theory]
    [InlineData(Launcher.OpenMpi, 1)]
    [InlineData(Launcher.OpenMpi, 0)]
    [InlineData(Launcher.Mpich, 1)]
    public void A_rank_that_is_killed_ends_the_job_with_one_message(string launcher, int killed)
    {
        var (result, process) = Strike(launcher, killed, "KILL");
        Assert.NotEqual(0, result.Exit);
        var told = Assert.Single(result.LinesWith("\"event\":\"error\""));
        Assert.Contains($"rank {killed} on host {Environment.MachineName} (process {process}) died in", told);
    }

    [Theory]
    [InlineData(Launcher.OpenMpi)]
    [InlineData(Launcher.Mpich)]
    public void A_rank_that_hangs_ends_the_job_with_one_message(string launcher)
    {
        var (result, process) = Strike(launcher, 1, "STOP");
        Assert.NotEqual(0, result.Exit);
        var told = Assert.Single(result.LinesWith("\"event\":\"error\""));
        Assert.Contains($"rank 1 on host {Environment.MachineName} (process {process}) has said nothing for 10 s", told);
    }

    [Theory]
    [InlineData("INT", 130)]
    [InlineData("TERM", 75)]
    public void A_signal_to_the_parent_stops_all_ranks_and_keeps_a_checkpoint(string signal, int code)
    {
        scratch.Write("a.pd", Spec + "parallel { data 2 }");
        using var process = Pardsl.Start(
            scratch.Folder, "run", "a.pd", "--processes", "2", "--set", "train.epochs=1000000", "--out", "out", "--json");
        Pardsl.WaitFor("\"event\":\"step\"", process.StandardOutput);
        Pardsl.Send(signal, process);
        var result = Pardsl.Finish(process, TimeSpan.FromSeconds(30));
        Assert.True(result.Exit == code, result.ToString());
        Assert.Contains("\"interrupted\":true", result.Output);
        Assert.Single(Directory.GetDirectories(scratch.At("out/checkpoints")));
    }

    [Theory]
    [MemberData(nameof(Launchers))]
    public void A_job_that_was_killed_goes_on_and_ends_with_the_same_bits(string launcher)
    {
        scratch.Write("a.pd", Spec.Replace("epochs 3", "epochs 40; checkpoint every=2 steps", StringComparison.Ordinal) + "parallel { data 2 }");
        var whole = Launcher.Run(launcher, 2, scratch.Folder, Pardsl.Program, "run", "a.pd", "--out", "whole", "--quiet");
        Assert.True(whole.Exit == 0, whole.ToString());
        using (var job = Launcher.Start(launcher, 2, scratch.Folder, Pardsl.Program, "run", "a.pd", "--out", "cut", "--json"))
        {
            Pardsl.WaitFor("\"step\":31,", job.StandardOutput);
            Launcher.Signal("KILL", Launcher.ProcessOf(1, job));
            Assert.NotEqual(0, Pardsl.Finish(job, TimeSpan.FromSeconds(60)).Exit);
        }

        var resumed = Launcher.Run(launcher, 2, scratch.Folder, Pardsl.Program, "run", "a.pd", "--resume", "cut", "--quiet");
        Assert.True(resumed.Exit == 0, resumed.ToString());
        foreach (var name in (string[])["model.safetensors", "optimizer.safetensors"])
            Assert.Equal(File.ReadAllBytes(Last("whole", name)), File.ReadAllBytes(Last("cut", name)));
    }

    /// <summary>Sends a signal to one of two ranks at work; returns when the job is gone, with all its processes.</summary>
    private (ProgramResult Result, int Process) Strike(string launcher, int rank, string signal)
    {
        scratch.Write("a.pd", Spec + "parallel { data 2 }");
        using var job = Launcher.Start(
            launcher, 2, scratch.Folder, Pardsl.Program, "run", "a.pd", "--set", "train.epochs=1000000", "--json", "--out", "out");
        Pardsl.WaitFor("\"event\":\"step\"", job.StandardOutput);
        var struck = Launcher.ProcessOf(rank, job);
        var all = Launcher.Descendants(job.Id);
        Launcher.Signal(signal, struck);
        try
        {
            var result = Pardsl.Finish(job, TimeSpan.FromSeconds(60));
            SpinWait.SpinUntil(() => !all.Any(Launcher.IsAlive), TimeSpan.FromSeconds(10));
            Assert.DoesNotContain(all, Launcher.IsAlive);
            return (result, struck);
        }
        finally
        {
            foreach (var process in all.Where(Launcher.IsAlive))
                Launcher.Signal("KILL", process);
        }
    }

    private IEnumerable<string> Files(string run) => Directory.GetFiles(scratch.At(run), "*", SearchOption.AllDirectories)
        .Select(file => Path.GetRelativePath(scratch.At(run), file))
        .Where(file => !file.Contains("tfevents", StringComparison.Ordinal))
        .Order(StringComparer.Ordinal);

    private string Last(string run, string name) => Path.Combine(scratch.At(run), "checkpoints", "step-120", name);

    private string Checkpoint(string run, string name) =>
        Path.Combine(Directory.GetDirectories(scratch.At($"{run}/checkpoints")).Single(), name);
}
