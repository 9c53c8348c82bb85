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
        Assert.Single(Occurrences(result, "error PD2010"));
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
        Assert.Single(Occurrences(result, "error PD2010"));
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
        Assert.Single(Occurrences(result, "pardsl: "));
    }

    /// <summary>What keeps the ranks from each other, before one can say anything to another.</summary>
    [Theory]
    [InlineData(Launcher.OpenMpi, "PARDSL_MPI_LIBRARY=/no/such/libmpi.so", "PD5302")]
    [InlineData(Launcher.Mpich, "PARDSL_MPI_LIBRARY=/no/such/libmpi.so", "PD5302")]
    [InlineData(Launcher.OpenMpi, "PARDSL_MPI_LIBRARY=libm.so.6", "PD5303")]
    [InlineData(Launcher.OpenMpi, "PARDSL_MPI_LIBRARY=libmpich.so.12", "PD5304")]
    [InlineData(Launcher.Mpich, "PARDSL_MPI_LIBRARY=libmpi.so.40", "PD5304")]
    [InlineData(Launcher.OpenMpi, "OMPI_COMM_WORLD_SIZE=many", "PD5322")]
    [InlineData(Launcher.OpenMpi, "PARDSL_HANG_LIMIT=soon", "PD5388")]
    [InlineData(Launcher.Mpich, "PARDSL_WATCH_PORT=high", "PD5388")]
    public void What_all_ranks_find_wrong_is_told_once(string launcher, string setting, string code)
    {
        scratch.Write("a.pd", Spec + "parallel { data 4 }");
        var (result, codes) = Launcher.RunNoted(launcher, 4, scratch.Folder, "env", setting, Pardsl.Program, "run", "a.pd", "--quiet");
        Assert.NotEqual(0, result.Exit);
        Assert.NotEmpty(codes);
        Assert.DoesNotContain("0", codes);
        Assert.Contains($"error {code}: ", Assert.Single(Occurrences(result, "error PD")), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Launchers))]
    public void A_port_in_use_is_told_once(string launcher)
    {
        using var other = new System.Net.Sockets.TcpListener(System.Net.IPAddress.IPv6Any, 0);
        other.Server.DualMode = true;
        other.Start();
        var port = ((System.Net.IPEndPoint)other.LocalEndpoint).Port;
        scratch.Write("a.pd", Spec + "parallel { data 2 }");
        var result = Launcher.Run(launcher, 2, scratch.Folder, "env", $"PARDSL_WATCH_PORT={port}", Pardsl.Program, "run", "a.pd", "--quiet");
        Assert.NotEqual(0, result.Exit);
        Assert.Contains($"error PD5384: port {port}", Assert.Single(Occurrences(result, "error PD")), StringComparison.Ordinal);
    }

    /// <summary>Nothing ends processes together that no launcher of MPI's started: each ends by itself, and one tells why.</summary>
    [Theory]
    [InlineData(3, "PD5387: rank 0 on host ")]
    [InlineData(3, "PD5332: rank 0 cannot listen at `127.0.0.1:", "taken")]
    [InlineData(3, "PD5322: ", "far")]
    [InlineData(2, "`--bogus`", "bogus")]
    public void What_is_wrong_with_processes_of_PyTorchs_launcher_is_told_once(int exit, string words, string? mistake = null)
    {
        scratch.Write("a.pd", Spec + "parallel { data 2 }");
        using var other = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        other.Start();
        var port = ((System.Net.IPEndPoint)other.LocalEndpoint).Port;
        if (mistake != "taken")
            other.Stop();
        var each = $"MASTER_ADDR=127.0.0.1 MASTER_PORT={(mistake == "far" ? "far" : port)} WORLD_SIZE=2";
        var program = $"{Pardsl.Program} run a.pd --out out {(mistake == "bogus" ? "--bogus" : "--quiet")}";
        var result = Launcher.RunShell(scratch.Folder, $"""
            RANK=1 LOCAL_RANK=1 {each} {program} & other=$!
            RANK=0 LOCAL_RANK=0 {each} {program}; echo exit $?
            wait $other; echo exit $?
            """);
        Assert.Equal([$"exit {exit}", $"exit {exit}"], result.OutputLines);
        Assert.Contains(words, Assert.Single(Occurrences(result, "error PD").Concat(Occurrences(result, "pardsl: "))), StringComparison.Ordinal);
        Assert.False(Directory.Exists(scratch.At("out")));
    }

    [Fact]
    public void What_keeps_one_rank_alone_from_starting_is_its_own_word_where_it_is_the_first_of_its_machine()
    {
        scratch.Write("a.pd", Spec + "parallel { data 2 }");
        const string program = "if [ \"$OMPI_COMM_WORLD_RANK\" = 1 ]; then export OMPI_COMM_WORLD_LOCAL_RANK=0 PARDSL_MPI_LIBRARY=/no/such/libmpi.so; fi; exec ";
        var result = Launcher.Run(Launcher.OpenMpi, 2, scratch.Folder, "sh", "-c", program + Pardsl.Program + " run a.pd --quiet");
        Assert.NotEqual(0, result.Exit);
        Assert.Contains($"error PD5302: rank 1 on host {Environment.MachineName}: ", Assert.Single(Occurrences(result, "error PD")), StringComparison.Ordinal);
    }

    [Fact]
    public void A_mesh_of_another_size_is_told_once_with_both_numbers()
    {
        scratch.Write("a.pd", Spec + "parallel { data 4 }");
        var (result, codes) = Launcher.RunNoted(Launcher.OpenMpi, 2, scratch.Folder, Pardsl.Program, "run", "a.pd");
        Assert.Equal(1, result.Exit);
        Assert.All(codes, code => Assert.Equal("1", code));
        Assert.Single(Occurrences(result, "`data 4` needs 4 ranks, and the job has 2 processes"));
    }

    [Fact]
    public void Data_that_one_rank_lacks_is_told_with_the_rank()
    {
        scratch.Write("data.csv", "x,y\n" + string.Concat(Enumerable.Range(0, 64).Select(row => $"{row},{row % 2}\n")));
        scratch.Write("a.pd", """
            data { source csv "/proc/self/cwd/data.csv"; input [1]; target class 2 }
            model { linear 2 }
            train { loss cross_entropy; optimizer sgd lr=0.1; batch 32; epochs 1 }
            parallel { data 2 }
            """);
        Directory.CreateDirectory(scratch.At("elsewhere"));
        var program = $"[ \"$OMPI_COMM_WORLD_RANK\" = 0 ] || cd elsewhere; exec {Pardsl.Program} run a.pd --quiet";
        var result = Launcher.Run(Launcher.OpenMpi, 2, scratch.Folder, "sh", "-c", program);
        Assert.Equal(1, result.Exit);
        var told = Assert.Single(Occurrences(result, "error PD"));
        Assert.Contains($"rank 1 on host {Environment.MachineName}: ", told);
        Assert.Contains("data.csv", told);
    }

    /// <summary>Half of the data makes another plan, and a warm-up that does not end: a warning of that rank alone.</summary>
    [Fact]
    public void Another_ranks_warning_and_another_plan_are_told_with_the_rank()
    {
        var result = RunWithOtherData(Rows(64, shift: 0), Rows(32, shift: 0));
        Assert.Equal(3, result.Exit);
        Assert.Contains(
            $"warning PD3010: rank 1 on host {Environment.MachineName}: ", Assert.Single(Occurrences(result, "warning PD")), StringComparison.Ordinal);
        Assert.Contains("error PD5386: rank 0 on host ", Assert.Single(Occurrences(result, "error PD")), StringComparison.Ordinal);
    }

    [Fact]
    public void Data_of_the_same_size_that_is_not_the_same_is_told()
    {
        var result = RunWithOtherData(Rows(64, shift: 0), Rows(64, shift: 1));
        Assert.Equal(3, result.Exit);
        Assert.Contains(
            " have read different data: 64 samples each, and not the same ones",
            Assert.Single(Occurrences(result, "error PD5386: ")),
            StringComparison.Ordinal);
        Assert.False(Directory.Exists(scratch.At("out")), "the run leaves no files");
    }

    [Theory]
    [InlineData(Launcher.OpenMpi, 1)]
    [InlineData(Launcher.OpenMpi, 0)]
    [InlineData(Launcher.Mpich, 1)]
    public void A_rank_that_is_killed_ends_the_job_with_one_message(string launcher, int killed)
    {
        var (result, process) = Strike(launcher, killed, "KILL");
        Assert.NotEqual(0, result.Exit);
        var told = Assert.Single(Occurrences(result, "\"event\":\"error\""));
        Assert.Contains($"rank {killed} on host {Environment.MachineName} (process {process}) died in", told);
    }

    [Theory]
    [InlineData(Launcher.OpenMpi)]
    [InlineData(Launcher.Mpich)]
    public void A_rank_that_hangs_ends_the_job_with_one_message(string launcher)
    {
        var (result, process) = Strike(launcher, 1, "STOP");
        Assert.NotEqual(0, result.Exit);
        var told = Assert.Single(Occurrences(result, "\"event\":\"error\""));
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

    private static string Rows(int count, int shift) =>
        "x,y\n" + string.Concat(Enumerable.Range(0, count).Select(row => $"{row + (row == count / 2 ? shift : 0)},{row % 2}\n"));

    /// <summary>Two ranks, each in a folder with data of its own.</summary>
    private ProgramResult RunWithOtherData(string first, string second)
    {
        Directory.CreateDirectory(scratch.At("elsewhere"));
        scratch.Write("data.csv", first);
        scratch.Write("elsewhere/data.csv", second);
        scratch.Write("a.pd", """
            data { source csv "/proc/self/cwd/data.csv"; input [1]; target class 2 }
            model { linear 2 }
            train { loss cross_entropy; optimizer sgd lr=0.1; schedule constant warmup=6 steps; batch 8; epochs 1 }
            parallel { data 2 }
            """);
        var program = $"[ \"$OMPI_COMM_WORLD_RANK\" = 0 ] || cd elsewhere; exec {Pardsl.Program} run a.pd --quiet --out {scratch.At("out")}";
        return Launcher.Run(Launcher.OpenMpi, 2, scratch.Folder, "sh", "-c", program);
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

    /// <summary>The lines of either output with these words.</summary>
    private static IEnumerable<string> Occurrences(ProgramResult result, string words) =>
        (result.Output + result.Error).Split('\n').Where(line => line.Contains(words, StringComparison.Ordinal));

    private IEnumerable<string> Files(string run) => Directory.GetFiles(scratch.At(run), "*", SearchOption.AllDirectories)
        .Select(file => Path.GetRelativePath(scratch.At(run), file))
        .Where(file => !file.Contains("tfevents", StringComparison.Ordinal))
        .Order(StringComparer.Ordinal);

    private string Last(string run, string name) => Path.Combine(scratch.At(run), "checkpoints", "step-120", name);

    private string Checkpoint(string run, string name) =>
        Path.Combine(Directory.GetDirectories(scratch.At($"{run}/checkpoints")).Single(), name);
}
