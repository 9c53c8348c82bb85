using Xunit;

namespace ParDsl.Cli.Tests.Jobs;

/// <summary>What keeps a job of several processes from its first step is told once, and ends all of them with an exit code that is not 0.</summary>
[Collection(Training.Collection)]
public sealed class JobMistakeTests : IDisposable
{
    private const string Spec = """
        data { source synthetic 96 seed=3; input [12]; target class 4 }
        model { linear 16; relu; linear 4 }
        train { loss cross_entropy; optimizer adamw lr=1e-2; batch 32; epochs 3 }

        """;

    private readonly Scratch scratch = new();

    public static TheoryData<string> Launchers => [Launcher.OpenMpi, Launcher.Mpich];

    public void Dispose() => scratch.Dispose();

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
        Assert.Contains($"error {code}: ", Assert.Single(result.LinesWith("error PD")), StringComparison.Ordinal);
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
        Assert.Contains($"error PD5384: port {port}", Assert.Single(result.LinesWith("error PD")), StringComparison.Ordinal);
    }

    /// <summary>Nothing ends processes together that no launcher of MPI's started: each ends by itself, and one tells why.</summary>
    [Theory]
    [InlineData(3, "PD5387: rank 0 on host ")]
    [InlineData(3, "PD5322: ", "far")]
    [InlineData(2, "`--bogus`", "bogus")]
    public void What_is_wrong_with_processes_of_PyTorchs_launcher_is_told_once(int exit, string words, string? mistake = null)
    {
        scratch.Write("a.pd", Spec + "parallel { data 2 }");
        using var other = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        other.Start();
        var port = ((System.Net.IPEndPoint)other.LocalEndpoint).Port;
        other.Stop();
        var each = $"MASTER_ADDR=127.0.0.1 MASTER_PORT={(mistake == "far" ? "far" : port)} WORLD_SIZE=2";
        var program = $"{Pardsl.Program} run a.pd --out out {(mistake == "bogus" ? "--bogus" : "--quiet")}";
        var result = Launcher.RunShell(scratch.Folder, $"""
            RANK=1 LOCAL_RANK=1 {each} {program} & other=$!
            RANK=0 LOCAL_RANK=0 {each} {program}; echo exit $?
            wait $other; echo exit $?
            """);
        Assert.Equal([$"exit {exit}", $"exit {exit}"], result.OutputLines);
        Assert.Contains(words, Assert.Single(result.LinesWith("error PD").Concat(result.LinesWith("pardsl: "))), StringComparison.Ordinal);
        Assert.False(Directory.Exists(scratch.At("out")));
    }

    [Fact]
    public void What_keeps_one_rank_alone_from_starting_is_its_own_word_where_it_is_the_first_of_its_machine()
    {
        scratch.Write("a.pd", Spec + "parallel { data 2 }");
        const string program = "if [ \"$OMPI_COMM_WORLD_RANK\" = 1 ]; then export OMPI_COMM_WORLD_LOCAL_RANK=0 PARDSL_MPI_LIBRARY=/no/such/libmpi.so; fi; exec ";
        var result = Launcher.Run(Launcher.OpenMpi, 2, scratch.Folder, "sh", "-c", program + Pardsl.Program + " run a.pd --quiet");
        Assert.NotEqual(0, result.Exit);
        Assert.Contains($"error PD5302: rank 1 on host {Environment.MachineName}: ", Assert.Single(result.LinesWith("error PD")), StringComparison.Ordinal);
    }

    [Fact]
    public void A_mesh_of_another_size_is_told_once_with_both_numbers()
    {
        scratch.Write("a.pd", Spec + "parallel { data 4 }");
        var (result, codes) = Launcher.RunNoted(Launcher.OpenMpi, 2, scratch.Folder, Pardsl.Program, "run", "a.pd");
        Assert.Equal(1, result.Exit);
        Assert.All(codes, code => Assert.Equal("1", code));
        Assert.Single(result.LinesWith("`data 4` needs 4 ranks, and the job has 2 processes"));
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
        var told = Assert.Single(result.LinesWith("error PD"));
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
            $"warning PD3010: rank 1 on host {Environment.MachineName}: ", Assert.Single(result.LinesWith("warning PD")), StringComparison.Ordinal);
        Assert.Contains("error PD5386: rank 0 on host ", Assert.Single(result.LinesWith("error PD")), StringComparison.Ordinal);
    }

    [Fact]
    public void Data_of_the_same_size_that_is_not_the_same_is_told()
    {
        var result = RunWithOtherData(Rows(64, shift: 0), Rows(64, shift: 1));
        Assert.Equal(3, result.Exit);
        Assert.Contains(
            " have read different data: 64 samples each, and not the same ones",
            Assert.Single(result.LinesWith("error PD5386: ")),
            StringComparison.Ordinal);
        Assert.False(Directory.Exists(scratch.At("out")), "the run leaves no files");
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
}
