using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Xunit;

namespace ParDsl.Cli.Tests.Jobs;

/// <summary>Jobs over two and four machines made of network namespaces, with MPI over TCP between them.</summary>
[Collection(Training.Collection)]
public sealed class NamespaceTests : IDisposable
{
    private readonly Scratch scratch = new();

    public void Dispose() => scratch.Dispose();

    [Theory]
    [InlineData(2, Launcher.OpenMpi, "parallel { data 4 }")]
    [InlineData(2, Launcher.Mpich, "parallel { data 2; tensor 2; nodes 2 }")]
    [InlineData(4, Launcher.OpenMpi, "parallel { data 4; shard parameters; nodes 4 }")]
    [InlineData(4, Launcher.OpenMpi, "parallel { pipeline 4 microbatches=4 }")]
    public void Machines_learn_what_one_learns(int count, string launcher, string layout)
    {
        if (!File.Exists($"/usr/bin/{launcher}"))
            Assert.Skip($"there is no {launcher}");
        using var hosts = new NamespaceHosts(scratch, count);
        var spec = Specs.Synthetic("epochs 2; precision float64", parallel: layout).Replace("fc1: linear 5", "a: linear 6; b: linear 6; fc1: linear 6", StringComparison.Ordinal);
        hosts.WriteEverywhere("a.pd", "a stale copy, which nobody reads");
        File.WriteAllText(hosts.At(1, "a.pd"), spec);
        scratch.Write("a.pd", spec);

        var job = hosts.Run(
            "run", "a.pd", "--hosts", hosts.List(4 / count), "--launcher", launcher, "--out", "out", "--gather-checkpoints", "--quiet");
        var alone = Pardsl.Run(scratch.Folder, "run", "a.pd", "--set", "parallel.nodes=1", "--out", "alone", "--quiet");
        Assert.True(job.Exit == 0 && alone.Exit == 0, $"{job}{alone}");
        Assert.Equal("", WithoutLauncher(job.Error));
        // Four parts can be added up in several orders.
        Assert.All(
            Weights(scratch.At("alone")).Zip(Weights(hosts.At(1, "out"))),
            pair => Assert.Equal(pair.First, pair.Second, tolerance: 1e-9));
        Assert.False(Directory.Exists(hosts.At(2, "out")), "only the first rank writes");
    }

    [Fact]
    public void Machines_that_share_no_folder_are_told_of_before_the_first_step()
    {
        using var hosts = new NamespaceHosts(scratch, 2);
        hosts.WriteEverywhere("a.pd", Specs.Synthetic("epochs 2", parallel: "parallel { pipeline 2 microbatches=4 }"));
        var job = hosts.Run("run", "a.pd", "--hosts", hosts.List(1), "--out", "out", "--quiet");
        Assert.Equal(3, job.Exit);
        var told = Assert.Single(Errors(job));
        Assert.Contains("error PD5239: rank 1 on host host-2 cannot write its part of a checkpoint to `out`", told, StringComparison.Ordinal);
        Assert.False(Directory.Exists(hosts.At(1, "out")) || Directory.Exists(hosts.At(2, "out")), "nothing is left of the run");
    }

    /// <summary>Each machine writes its part into the folder that they share, and one process goes on from it.</summary>
    [Fact]
    public void Machines_that_share_a_folder_write_their_parts_there()
    {
        using var hosts = new NamespaceHosts(scratch, 2);
        var spec = Specs.Synthetic("epochs 2; precision float64", parallel: "parallel { pipeline 2 microbatches=4 }");
        hosts.WriteEverywhere("a.pd", spec);
        scratch.Write("a.pd", spec);
        Directory.CreateDirectory(scratch.At("shared"));
        var job = hosts.Run("run", "a.pd", "--hosts", hosts.List(1), "--out", scratch.At("shared/out"), "--quiet");
        Assert.True(job.Exit == 0, job.ToString());
        var checkpoint = Directory.GetDirectories(scratch.At("shared/out/checkpoints")).Single();
        Assert.Equal(
            ["model-00001-of-00002.safetensors", "model-00002-of-00002.safetensors"],
            Directory.GetFiles(checkpoint, "model*").Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal));
        var longer = Pardsl.Run(
            scratch.Folder, "run", "a.pd", "--set", "parallel.pipeline=1", "--set", "train.epochs=3", "--resume", checkpoint, "--out", "alone", "--quiet");
        Assert.True(longer.Exit == 0, longer.ToString());
    }

    /// <summary>Open MPI's launcher warns where a child of its own ended before it could move it to a group of its own.</summary>
    private static string WithoutLauncher(string error) => string.Concat(
        error.Split('\n').Where(line => !line.Contains("plm:rsh: Warning: setpgid", StringComparison.Ordinal)));

    [Theory]
    [InlineData(Launcher.OpenMpi)]
    [InlineData(Launcher.Mpich)]
    public void Doctor_examines_the_machines_and_the_way_between_them(string launcher)
    {
        if (!File.Exists($"/usr/bin/{launcher}"))
            Assert.Skip($"there is no {launcher}");
        using var hosts = new NamespaceHosts(scratch, 2);
        var result = hosts.Run("doctor", "--hosts", hosts.List(1), "--launcher", launcher);
        Assert.True(result.Exit == 0, result.ToString());
        Assert.Contains("│ host-1 ", result.Output, StringComparison.Ordinal);
        Assert.Matches(@"│ host-2 .* ms \(to .* ms\) +│ \d+ us +│ \d+\.\d\d GiB/s", result.Output);
        Assert.Matches(@"│ host-1 .*│ \d+\.\d+\.\d+ .*│ (Open MPI|MPICH) .*│ \d+\.\d GiB +│ the first one's +│", result.Output);
        Assert.Matches(@"│ host-2 .*│ \d+\.\d+\.\d+ .*│ (Open MPI|MPICH) .*│ \d+\.\d GiB +│ its own +│", result.Output);
        Assert.Contains("Nothing is broken.", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Doctor_names_a_machine_that_does_not_answer()
    {
        using var hosts = new NamespaceHosts(scratch, 2);
        hosts.Cut(2);
        var result = hosts.Run("doctor", "--hosts", hosts.List(1));
        Assert.Equal(3, result.Exit);
        Assert.Contains($"problem  {hosts.Address(2)}  it does not answer", result.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Launcher.OpenMpi)]
    [InlineData(Launcher.Mpich)]
    public void A_machine_that_refuses_is_told_of_in_one_message(string launcher)
    {
        if (!File.Exists($"/usr/bin/{launcher}"))
            Assert.Skip($"there is no {launcher}");
        using var hosts = new NamespaceHosts(scratch, 1);
        hosts.WriteEverywhere("a.pd", Specs.Synthetic(parallel: "parallel { data 2 }"));
        var result = hosts.Run("run", "a.pd", "--hosts", $"{hosts.Address(1)},{hosts.Address(9)}", "--launcher", launcher, "--quiet");
        Assert.Equal(3, result.Exit);
        Assert.Contains(
            " could not start the job: ssh: connect to host 9 port 22: Connection refused", Assert.Single(Errors(result)), StringComparison.Ordinal);
        SpinWait.SpinUntil(() => hosts.Processes(1).Count == 0, TimeSpan.FromSeconds(10));
        Assert.Empty(hosts.Processes(1));
    }

    [Fact]
    public void Another_build_on_one_machine_is_told_of_before_the_first_step()
    {
        using var hosts = new NamespaceHosts(scratch, 2);
        hosts.Rebuild(2);
        hosts.WriteEverywhere("a.pd", Specs.Synthetic(parallel: "parallel { data 2 }"));
        var result = hosts.Run("run", "a.pd", "--hosts", hosts.List(1), "--out", "out", "--quiet");
        Assert.Equal(3, result.Exit);
        Assert.Contains(
            "error PD5385: rank 0 on host host-1 and rank 1 on host host-2 run different builds",
            Assert.Single(Errors(result)),
            StringComparison.Ordinal);
        Assert.False(Directory.Exists(hosts.At(1, "out")));
    }

    /// <summary>PBS lists the machines of its job in a file, which not every launcher was built to know.</summary>
    [Theory]
    [InlineData(Launcher.OpenMpi)]
    [InlineData(Launcher.Mpich)]
    public void Machines_that_PBS_names_are_those_of_the_job(string launcher)
    {
        if (!File.Exists($"/usr/bin/{launcher}"))
            Assert.Skip($"there is no {launcher}");
        using var hosts = new NamespaceHosts(scratch, 2);
        hosts.WriteEverywhere("a.pd", Specs.Synthetic("epochs 1", parallel: "parallel { data 4 }"));
        scratch.Write("nodes", string.Concat(Enumerable.Range(0, 4).Select(place => $"{hosts.Address(1 + place / 2)}\n")));
        using var job = hosts.StartProgram(
            1, "env", $"PBS_NODEFILE={scratch.At("nodes")}", "PBS_JOBID=7", "PBS_ENVIRONMENT=PBS_BATCH",
            Pardsl.Program, "run", "a.pd", "--nodes", "2", "--launcher", launcher, "--out", "out");
        var result = Pardsl.Finish(job, TimeSpan.FromSeconds(90));
        Assert.True(result.Exit == 0, result.ToString());
        Assert.Contains("host-2", File.ReadAllText(hosts.At(1, "out/plan.txt")), StringComparison.Ordinal);
    }

    /// <summary>Neither the first rank nor the second can tell of it, and the launcher elsewhere lives.</summary>
    [Fact]
    public void The_first_machines_death_is_told_by_another()
    {
        using var hosts = new NamespaceHosts(scratch, 3);
        hosts.WriteEverywhere("a.pd", Specs.Synthetic("steps 100000000", parallel: "parallel { data 4 }"));
        using var job = hosts.StartProgram(
            3, Pardsl.Program, "run", "a.pd", "--hosts", $"{hosts.Address(1)}:2,{hosts.Address(2)}:2", "--json", "--out", "out");
        Pardsl.WaitFor("\"event\":\"step\"", job.StandardOutput);
        hosts.Kill(1);
        var result = Pardsl.Finish(job, TimeSpan.FromSeconds(90));
        Assert.Equal(3, result.Exit);
        Assert.Contains("rank 0 on host host-1 ", Assert.Single(Errors(result)), StringComparison.Ordinal);
        SpinWait.SpinUntil(() => hosts.Processes(2).Count == 0 && hosts.Processes(3).Count == 0, TimeSpan.FromSeconds(10));
        Assert.Empty(hosts.Processes(2));
    }

    [Fact]
    public void A_cut_link_ends_the_job_with_one_message()
    {
        using var hosts = new NamespaceHosts(scratch, 2);
        var (result, left) = Strike(hosts, () => hosts.Cut(2));
        Assert.Equal(3, result.Exit);
        var told = Assert.Single(Errors(result));
        Assert.Contains("rank 1 on host host-2 ", told, StringComparison.Ordinal);
        Assert.Contains("has said nothing for 12 s", told, StringComparison.Ordinal);
        Assert.Empty(left);
    }

    [Fact]
    public void A_machine_that_dies_ends_the_job_with_one_message()
    {
        using var hosts = new NamespaceHosts(scratch, 2);
        var (result, left) = Strike(hosts, () => hosts.Kill(2));
        Assert.Equal(3, result.Exit);
        Assert.Single(Errors(result));
        Assert.Empty(left);
    }

    [Fact]
    public void A_slow_link_trains_all_the_same()
    {
        using var hosts = new NamespaceHosts(scratch, 2);
        try
        {
            hosts.Slow(2, "2mbit");
        }
        catch (InvalidOperationException refusal)
        {
            Assert.Skip($"no slow link can be made here: {refusal.Message}");
        }

        hosts.WriteEverywhere("a.pd", Specs.Synthetic("steps 20", parallel: "parallel { data 2 }"));
        var result = hosts.Run("run", "a.pd", "--hosts", hosts.List(1), "--quiet");
        Assert.True(result.Exit == 0, result.ToString());
        Assert.Contains("20 steps", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Data_that_one_machine_lacks_is_told_with_the_machine()
    {
        using var hosts = new NamespaceHosts(scratch, 2);
        hosts.WriteEverywhere("a.pd", Specs.Csv() + "parallel { data 2 }\n");
        File.WriteAllText(hosts.At(1, "data.csv"), Specs.CsvRows());
        var result = hosts.Run("run", "a.pd", "--hosts", hosts.List(1), "--quiet");
        Assert.Equal(1, result.Exit);
        Assert.Contains("rank 1 on host host-2: ", Assert.Single(Errors(result)), StringComparison.Ordinal);
    }

    /// <summary>
    /// Something happens to a job at work. Gives its end, and the processes of the first machine that are left then: what is
    /// left on one that is cut off nobody can end from here.
    /// </summary>
    private static (ProgramResult Result, IReadOnlyList<int> Left) Strike(NamespaceHosts hosts, Action happens)
    {
        hosts.WriteEverywhere("a.pd", Specs.Synthetic("steps 100000000", parallel: "parallel { data 2 }"));
        using var job = hosts.Start("run", "a.pd", "--hosts", hosts.List(1), "--json", "--out", "out");
        Pardsl.WaitFor("\"event\":\"step\"", job.StandardOutput);
        happens();
        var result = Pardsl.Finish(job, TimeSpan.FromSeconds(90));
        SpinWait.SpinUntil(() => hosts.Processes(1).Count == 0, TimeSpan.FromSeconds(10));
        return (result, hosts.Processes(1));
    }

    private static IEnumerable<string> Errors(ProgramResult result) => result.Lines
        .Where(line => line.StartsWith("error PD", StringComparison.Ordinal) || line.Contains("\"event\":\"error\"", StringComparison.Ordinal));

    /// <summary>The numbers behind a safetensors file's header, all of them float64.</summary>
    private static double[] Weights(string run)
    {
        var folder = Directory.GetDirectories(Path.Combine(run, "checkpoints")).Single();
        var file = File.ReadAllBytes(Path.Combine(folder, "model.safetensors")).AsSpan();
        var header = BinaryPrimitives.ReadInt64LittleEndian(file);
        return MemoryMarshal.Cast<byte, double>(file[(sizeof(long) + (int)header)..]).ToArray();
    }
}
