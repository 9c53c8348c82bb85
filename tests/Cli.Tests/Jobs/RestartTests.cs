using Xunit;

namespace ParDsl.Cli.Tests.Jobs;

/// <summary>A job that loses a process starts again by itself, and ends with the weights that nobody disturbed.</summary>
[Collection(Training.Collection)]
public sealed class RestartTests : IDisposable
{
    private readonly Scratch scratch = new();

    public void Dispose() => scratch.Dispose();

    /// <summary>Whoever is killed, the one that writes all of a checkpoint, or one that writes a part.</summary>
    [Theory]
    [InlineData(Launcher.OpenMpi, 1, "data 2", 1)]
    [InlineData(Launcher.OpenMpi, 1, "data 2; shard parameters", 2)]
    [InlineData(Launcher.OpenMpi, 0, "pipeline 2 microbatches=2", 2)]
    [InlineData(Launcher.Mpich, 0, "data 2", 1)]
    [InlineData(Launcher.Mpich, 1, "pipeline 2 microbatches=2", 2)]
    public void A_killed_rank_costs_no_bit(string launcher, int victim, string layout, int parts)
    {
        if (!File.Exists($"/usr/bin/{launcher}"))
            Assert.Skip($"there is no {launcher}");
        scratch.Write("a.pd", Specs.Synthetic("steps 3000; checkpoint every=100 steps", parallel: $"parallel {{ {layout} }}"));
        var alone = Pardsl.Run(scratch.Folder, "run", "a.pd", "--processes", "2", "--launcher", launcher, "--out", "alone", "--quiet");
        Assert.True(alone.Exit == 0, alone.ToString());

        using var job = Pardsl.Start(
            scratch.Folder, "run", "a.pd", "--processes", "2", "--restarts", "2", "--launcher", launcher, "--out", "job", "--quiet");
        WaitForCheckpoint();
        Launcher.Signal("KILL", Launcher.ProcessOf(victim, job));

        var result = Pardsl.Finish(job, TimeSpan.FromSeconds(60));
        Assert.True(result.Exit == 0, result.ToString());
        Assert.Contains("start 2 of at most 3, from the last whole checkpoint", result.Error, StringComparison.Ordinal);
        Assert.Equal(parts, Weights("alone").Count);
        Assert.Equal(Weights("alone"), Weights("job"));
    }

    [Fact]
    public void A_run_that_fails_by_itself_does_not_start_again()
    {
        var diverges = Specs.Synthetic("epochs 5", parallel: "parallel { data 2 }").Replace("adamw lr=0.01", "sgd lr=1e30", StringComparison.Ordinal);
        scratch.Write("a.pd", diverges);
        var result = Pardsl.Run(scratch.Folder, "run", "a.pd", "--processes", "2", "--restarts", "5", "--quiet");
        Assert.Equal(3, result.Exit);
        Assert.Contains("error PD5102", result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("start 2", result.Error, StringComparison.Ordinal);
    }

    /// <summary>A scheduler's time goes on while a job starts again: all starts together have what the user gave.</summary>
    [Theory]
    [InlineData("a", 3)]
    [InlineData("saved", 75)] // where a checkpoint was left, a scheduler can go on with the run
    public void The_time_limit_is_one_for_all_starts(string folder, int exit)
    {
        scratch.Write("a.pd", Specs.Synthetic("epochs 5", parallel: "parallel { data 2 }"));
        scratch.Write("fake", """
            #!/bin/sh
            if [ "$1" = --version ]; then echo 'mpirun (Open MPI) 4.1.4'; exit 0; fi
            while [ "$1" != --time-limit ]; do shift; done
            echo "${2%s}" >> limits
            mkdir -p saved/checkpoints/step-5
            sleep 4
            echo 'error PD5381: rank 1 died' >&2
            exit 3

            """);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(scratch.At("fake"), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        string[] words = ["run", "a.pd", "--processes", "2", "--launcher", "./fake", "--restarts", "9", "--time-limit", "7s", "--quiet", "--out", folder];
        var result = Pardsl.Run(scratch.Folder, words);
        Assert.Equal(exit, result.Exit);
        Assert.Contains("the time limit leaves no time for another start", result.Error, StringComparison.Ordinal);
        var limits = Array.ConvertAll(File.ReadAllLines(scratch.At("limits")), line => double.Parse(line, System.Globalization.CultureInfo.InvariantCulture));
        Assert.InRange(limits.Length, 1, 2);
        Assert.All(limits, limit => Assert.True(limit < 7, $"{limit} s of 7 are left to a start"));
        Assert.Equal(limits.OrderDescending(), limits);
    }

    [Fact]
    public void Restarts_are_about_jobs()
    {
        scratch.Write("a.pd", Specs.Synthetic());
        var result = Pardsl.Run(scratch.Folder, "run", "a.pd", "--restarts", "2");
        Assert.Equal(2, result.Exit);
        Assert.Contains("`--restarts` is about a job of several processes", result.Error, StringComparison.Ordinal);
    }

    /// <summary>A machine that is gone is left out where the layout can do without it.</summary>
    [Fact]
    public void A_machine_that_is_gone_is_left_out()
    {
        using var hosts = new NamespaceHosts(scratch, 2);
        hosts.WriteEverywhere("a.pd", Specs.Synthetic("steps 100000000; checkpoint every=100 steps", parallel: "parallel { data }"));
        using var job = hosts.Start("run", "a.pd", "--hosts", hosts.List(1), "--restarts", "1", "--json", "--out", "out");
        Pardsl.WaitFor("\"step\":300,", job.StandardOutput);
        hosts.Cut(2);
        Pardsl.WaitFor("\"event\":\"resume\"", job.StandardOutput);
        Pardsl.WaitFor("\"event\":\"step\"", job.StandardOutput);
        hosts.Kill(1);
        var result = Pardsl.Finish(job, TimeSpan.FromSeconds(90));
        Assert.Contains($"{hosts.Address(2)}: no answer; the run goes on without", result.Error, StringComparison.Ordinal);
    }

    private void WaitForCheckpoint()
    {
        for (var attempt = 0; attempt < 600 && !Directory.Exists(scratch.At("job/checkpoints/step-500")); attempt++)
            Thread.Sleep(50);
    }

    /// <summary>The bits of a run's last weights, by the files that they lie in.</summary>
    private SortedDictionary<string, string> Weights(string run) => new(
        Directory.GetFiles(scratch.At($"{run}/checkpoints/step-3000"), "model*").ToDictionary(
            path => Path.GetFileName(path), path => Convert.ToHexString(File.ReadAllBytes(path))),
        StringComparer.Ordinal);
}
