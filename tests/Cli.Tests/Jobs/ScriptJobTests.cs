using ParDsl.Cli.Tests.Scripts;
using Xunit;

namespace ParDsl.Cli.Tests.Jobs;

/// <summary>
/// <c>pardsl run model.fsx</c>: alone or in a job the program of the script's first training is trained as a file would be, and
/// the script is evaluated by one process.
/// </summary>
[Collection(Training.Collection)]
public sealed class ScriptJobTests : IDisposable
{
    private const string Points = """
        open ParDsl
        let points outputs =
            program {
                data { source (synthetic (96, seed = 1)); input [ 10 ]; target [ 2 ] }
                model { linear 5; tanh; linear outputs }
                train { loss mse; optimizer (sgd 0.01); batch 32; epochs 2 }
                inParallel { data 2 }
            }

        """;

    private const string File = """
        data { source synthetic 96 seed=1; input [10]; target [2] }
        model { linear 5; tanh; linear 2 }
        train { loss mse; optimizer sgd lr=0.01; batch 32; epochs 2 }
        parallel { data 2 }

        """;

    private readonly Scratch scratch = new();

    public void Dispose() => scratch.Dispose();

    [Theory]
    [InlineData(Launcher.OpenMpi)]
    [InlineData(Launcher.Mpich)]
    public void A_launched_script_learns_what_the_file_learns(string launcher)
    {
        Write("printfn \"evaluated\"\npoints 2 |> Train.run |> ignore\nprintfn \"never\"\n");
        scratch.Write("file.pd", File);
        var job = Launcher.Run(launcher, 2, scratch.Folder, Pardsl.Program, "run", "points.fsx", "--out", "job", "--quiet");
        var file = Launcher.Run(launcher, 2, scratch.Folder, Pardsl.Program, "run", "file.pd", "--out", "file", "--quiet");
        Assert.True(job.Exit == 0 && file.Exit == 0, $"{job}{file}");
        Assert.Single(job.Lines, "evaluated");
        Assert.DoesNotContain("never", job.Output + job.Error, StringComparison.Ordinal);
        Assert.Equal(Weights("file"), Weights("job"));
        Assert.True(System.IO.File.Exists(scratch.At("job/points.pd")), "the run keeps its program as a file");
    }

    [Fact]
    public void What_is_wrong_in_it_is_told_once_on_the_lines_of_the_script()
    {
        Write("points 3 |> Train.run |> ignore\n");
        var result = Launcher.Run(Launcher.OpenMpi, 2, scratch.Folder, Pardsl.Program, "run", "points.fsx", "--quiet");
        Assert.Equal(1, result.Exit);
        var all = result.Output + result.Error;
        Assert.Single(all.Split('\n'), line => line.StartsWith("error PD3004: ", StringComparison.Ordinal));
        Assert.Matches(@"points\.fsx:\d+:\d+", all);
    }

    /// <summary>The words of the command line change it, as they change a file.</summary>
    [Fact]
    public void Without_a_launcher_it_is_the_same()
    {
        Write("points 2 |> Train.run |> ignore\n");
        var result = Pardsl.Run(scratch.Folder, "run", "points.fsx", "--set", "train.epochs=1", "--out", "out", "--json");
        Assert.True(result.Exit == 0, result.ToString());
        Assert.Equal(3, result.OutputLines.Count(line => line.Contains("\"event\":\"step\"", StringComparison.Ordinal)));
    }

    /// <summary>As with a spec, the word behind <c>--resume</c> is the script and not a run's folder.</summary>
    [Fact]
    public void A_script_goes_on_where_no_run_is_named()
    {
        Write("points 2 |> Train.run |> ignore\n");
        var result = Pardsl.Run(scratch.Folder, "run", "--resume", "points.fsx");
        Assert.Equal(3, result.Exit);
        Assert.Contains("error PD5231: ", result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("points 2 |> Train.runWith { Train.options with Steps = 3L } |> ignore", "PD5373: `Train.runWith` says how to run")]
    [InlineData("let session = points 2 |> Train.start", "PD5373: `Train.start` gives a session")]
    public void What_runs_its_program_itself_is_refused(string end, string words)
    {
        Write(end + "\n");
        var result = Pardsl.Run(scratch.Folder, "run", "points.fsx");
        Assert.Equal(1, result.Exit);
        Assert.Contains("error " + words, result.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(scratch.At("runs")));
    }

    [Fact]
    public void A_script_that_is_no_FSharp_shows_what_the_compiler_says()
    {
        scratch.Write("points.fsx", "let = 3\n");
        var result = Pardsl.Run(scratch.Folder, "run", "points.fsx");
        Assert.Equal(1, result.Exit);
        Assert.Contains("points.fsx(1,5): error FS", result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("error PD", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Where_there_is_no_dotnet_that_is_what_is_said()
    {
        Write("points 2 |> Train.run |> ignore\n");
        var result = Pardsl.RunWithVariable(scratch.Folder, "PATH", scratch.Folder, "run", "points.fsx");
        Assert.Equal(1, result.Exit);
        Assert.Contains("error PD5371: `points.fsx` is an F# script", result.Error, StringComparison.Ordinal);
    }

    /// <summary>F# itself knows nothing of other processes.</summary>
    [Fact]
    public void Many_processes_of_dotnet_fsi_are_refused_once()
    {
        Write("points 2 |> Train.run |> ignore\n");
        var result = Launcher.Run(Launcher.OpenMpi, 2, scratch.Folder, "dotnet", "fsi", "points.fsx");
        Assert.Equal(1, result.Exit);
        // F# puts its terminal's codes in front.
        Assert.Single(result.LinesWith("error PD5389: "));
    }

    private void Write(string end) =>
        scratch.Write("points.fsx", FSharpInteractive.Load + "\n" + Points.ReplaceLineEndings("\n") + end);

    private byte[] Weights(string run) =>
        System.IO.File.ReadAllBytes(Directory.GetFiles(scratch.At($"{run}/checkpoints"), "model-00001-of-*", SearchOption.AllDirectories)
            .Concat(Directory.GetFiles(scratch.At($"{run}/checkpoints"), "model.safetensors", SearchOption.AllDirectories))
            .Order(StringComparer.Ordinal)
            .Last());
}
