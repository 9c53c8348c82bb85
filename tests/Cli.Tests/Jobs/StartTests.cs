using System.Diagnostics;
using Xunit;

namespace ParDsl.Cli.Tests.Jobs;

/// <summary>
/// <c>pardsl run</c> as the parent of a job: it finds a launcher, tells it what to do, gives the first rank's exit code, and
/// leaves nothing behind.
/// </summary>
[Collection(Training.Collection)]
public sealed class StartTests : IDisposable
{
    private readonly Scratch scratch = new();

    public void Dispose() => scratch.Dispose();

    [Theory]
    [InlineData(Launcher.OpenMpi)]
    [InlineData(Launcher.Mpich)]
    public void Processes_learn_what_threads_learn(string launcher)
    {
        Demand(launcher);
        scratch.Write("a.pd", Specs.Synthetic("epochs 2", parallel: "parallel { data 2 }"));
        var job = Pardsl.Run(scratch.Folder, "run", "a.pd", "--processes", "2", "--launcher", launcher, "--out", "job", "--quiet");
        var alone = Pardsl.Run(scratch.Folder, "run", "a.pd", "--out", "alone", "--quiet");
        Assert.True(job.Exit == 0 && alone.Exit == 0, $"{job}{alone}");
        Assert.Single(job.OutputLines, line => line.StartsWith("files: job", StringComparison.Ordinal));
        Assert.Equal("", job.Error);
        Assert.Equal(Weights("alone"), Weights("job"));
    }

    [Fact]
    public void A_wrong_spec_is_told_of_before_anything_starts()
    {
        scratch.Write("a.pd", Specs.Synthetic(parallel: "parallel { data 3 }"));
        Fake("touch started");
        var result = Pardsl.Run(scratch.Folder, "run", "a.pd", "--hosts", "localhost:3", "--launcher", "./fake");
        Assert.Equal(1, result.Exit);
        Assert.Contains("error PD4005", result.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(scratch.At("started")));
    }

    [Fact]
    public void The_launcher_gets_the_users_words_without_those_of_the_launch()
    {
        scratch.Write("a.pd", Specs.Synthetic(parallel: "parallel { data 2 }"));
        scratch.Write("hosts", "localhost slots=2\n");
        Fake("printf '%s\\n' \"$@\" > words; printenv PARDSL_LAUNCHED > mark");
        var result = Pardsl.Run(
            scratch.Folder, "run", "--hostfile=hosts", "a.pd", "--launcher", "./fake", "--seed", "3", "--set", "train.epochs=2");
        Assert.True(result.Exit == 0, result.ToString());
        var words = File.ReadAllLines(scratch.At("words"));
        Assert.Equal(["-n", "2", "--host", "localhost:2"], words[..4]);
        Assert.Equal([Pardsl.Program, "run", "a.pd", "--seed", "3", "--set", "train.epochs=2"], words[^7..]);
        Assert.Equal("1", File.ReadAllText(scratch.At("mark")).Trim());
    }

    [Theory]
    [InlineData("0", 0)]
    [InlineData("1", 1)]
    [InlineData("75", 75)]
    [InlineData("130", 130)]
    [InlineData("77", 3)]
    public void The_first_ranks_exit_code_is_handed_on(string code, int expected)
    {
        scratch.Write("a.pd", Specs.Synthetic(parallel: "parallel { data 2 }"));
        Fake($"exit {code}");
        Assert.Equal(expected, Pardsl.Run(scratch.Folder, "run", "a.pd", "--processes", "2", "--launcher", "./fake").Exit);
    }

    [Fact]
    public void A_launcher_that_fails_is_told_of_in_one_diagnostic()
    {
        scratch.Write("a.pd", Specs.Synthetic(parallel: "parallel { data 2 }"));
        Fake("echo 'ssh: connect to host b port 22: Connection refused' >&2; echo 'epoch 1' >&2; exit 255");
        var result = Pardsl.Run(scratch.Folder, "run", "a.pd", "--processes", "2", "--launcher", "./fake");
        Assert.Equal(3, result.Exit);
        Assert.StartsWith("epoch 1\nerror PD5367: Open MPI 4.1.4 could not start the job: ssh: connect to host b port 22: Connection refused\n", result.Error);
    }

    /// <summary>Hydra waits for ever where what should start its own program on another machine does not find it there.</summary>
    [Fact]
    public void A_launcher_that_waits_for_a_machine_in_vain_is_ended()
    {
        scratch.Write("a.pd", Specs.Synthetic(parallel: "parallel { data 2 }"));
        Fake("sh -c 'exit 127' & exec sleep 1000", "HYDRA build details:");
        var result = Pardsl.Run(scratch.Folder, "run", "a.pd", "--processes", "2", "--launcher", "./fake");
        Assert.Equal(3, result.Exit);
        Assert.Contains(
            " could not start the job: what was to start it on another machine ended with exit code 127\n", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_process_that_nobody_tells_of_is_told_of()
    {
        Demand(Launcher.OpenMpi);
        scratch.Write("a.pd", Specs.Synthetic(parallel: "parallel { data 2 }"));
        Fake($"exec {Launcher.OpenMpi} --allow-run-as-root -n 1 sh -c 'kill -9 $$'");
        var result = Pardsl.Run(scratch.Folder, "run", "a.pd", "--processes", "2", "--launcher", "./fake");
        Assert.Equal(3, result.Exit);
        // Open MPI does not always say which.
        Assert.Matches(
            "error PD5368: a process of the job was ended from outside: (process rank 0|exit code 137, which is signal 9's)",
            result.Error);
    }

    [Fact]
    public void A_process_with_the_mark_starts_no_job()
    {
        scratch.Write("a.pd", Specs.Synthetic(parallel: "parallel { data 2 }"));
        var result = Pardsl.RunWithVariable(scratch.Folder, "PARDSL_LAUNCHED", "1", "run", "a.pd", "--processes", "2");
        Assert.Equal(3, result.Exit);
        Assert.Contains("error PD5369", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_rank_of_a_job_starts_no_job()
    {
        scratch.Write("a.pd", Specs.Synthetic(parallel: "parallel { data 2 }"));
        var result = Launcher.Run(Launcher.OpenMpi, 2, scratch.Folder, Pardsl.Program, "run", "a.pd", "--processes", "2");
        Assert.Equal(2, result.Exit);
        Assert.Single(result.Error.Split('\n'), line => line.Contains("`--processes` starts one: leave it out", StringComparison.Ordinal));
    }

    /// <summary>Nobody can clean up behind a parent that is killed: its launcher must go by itself, and take the ranks along.</summary>
    [Theory]
    [InlineData(Launcher.OpenMpi)]
    [InlineData(Launcher.Mpich)]
    public void Nothing_outlives_a_parent_that_is_killed(string launcher)
    {
        Demand(launcher);
        scratch.Write("a.pd", Specs.Synthetic("steps 100000000", parallel: "parallel { data 2 }"));
        using var parent = Pardsl.Start(
            scratch.Folder, "run", "a.pd", "--processes", "2", "--launcher", launcher, "--json", "--out", "out");
        Pardsl.WaitFor("\"event\":\"step\"", parent.StandardOutput);
        var all = Launcher.Descendants(parent.Id);
        Assert.True(all.Count >= 3, "a launcher and two ranks are expected");
        parent.Kill();
        try
        {
            SpinWait.SpinUntil(() => !all.Any(Launcher.IsAlive), TimeSpan.FromSeconds(30));
            Assert.DoesNotContain(all, Launcher.IsAlive);
        }
        finally
        {
            foreach (var process in all.Where(Launcher.IsAlive))
                Launcher.Signal("KILL", process);
        }
    }

    private static void Demand(string launcher)
    {
        if (!File.Exists($"/usr/bin/{launcher}"))
            Assert.Skip($"there is no {launcher}");
    }

    /// <summary>A launcher that says it is Open MPI's, or another's, and then does as it is told here.</summary>
    private void Fake(string commands, string version = "mpirun (Open MPI) 4.1.4")
    {
        scratch.Write("fake", $"#!/bin/sh\nif [ \"$1\" = --version ]; then echo '{version}'; exit 0; fi\n{commands}\n");
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(scratch.At("fake"), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    private byte[] Weights(string run) => File.ReadAllBytes(
        Path.Combine(Directory.GetDirectories(scratch.At($"{run}/checkpoints")).Single(), "model.safetensors"));
}
