using Xunit;

namespace ParDsl.Cli.Tests.Scripts;

/// <summary>What a script can do beside the examples, with the real <c>dotnet fsi</c>.</summary>
public sealed class ScriptTests : IDisposable
{
    private const string Points = """
        open ParDsl
        let points outputs =
            program {
                data { source (synthetic (320, seed = 1)); input [ 10 ]; target [ 2 ] }
                model { linear 5; relu; linear outputs }
                train { loss mse; optimizer (sgd 0.01); batch 32; epochs 2 }
            }

        """;

    private readonly Scratch scratch = new();

    private ProgramResult Run(string script)
    {
        scratch.Write("points.fsx", FSharpInteractive.Load + "\n" + Points.ReplaceLineEndings("\n") + script);
        return FSharpInteractive.Run(scratch.Folder, "points.fsx");
    }

    [Fact]
    public void A_session_goes_step_by_step_and_writes_no_files()
    {
        var result = Run("""
            let session = points 2 |> Train.start
            session.Step 1
            let first = session.Loss
            session.Step 15
            printfn "%b" (session.Loss < first)
            (session :> System.IDisposable).Dispose()
            """);

        Assert.True(result.Exit == 0, result.ToString());
        Assert.Equal("true\n", result.Output);
        Assert.False(Directory.Exists(scratch.At("runs")));
    }

    [Fact]
    public void Options_are_what_the_command_line_would_say()
    {
        var result = Run("""
            let report = points 2 |> Train.runWith { Train.options with Steps = 3L; Out = "here"; Quiet = true }
            printfn "%d" report.Steps
            """);

        Assert.True(result.Exit == 0, result.ToString());
        Assert.Equal("3\n", result.Output);
        Assert.Equal("", result.Error);
        var spec = Pardsl.Run(scratch.Folder, "check", "here/points.pd");
        Assert.True(spec.Exit == 0, spec.ToString());
    }

    [Fact]
    public void A_torn_calibration_is_told_once_of_a_sweep()
    {
        scratch.Write("calibration.json", "{");
        scratch.Write("points.fsx", FSharpInteractive.Load + "\n" + Points.ReplaceLineEndings("\n") + """
            for _ in 1..2 do
                points 2 |> Show.plan |> ignore
            """);

        var result = FSharpInteractive.RunCalibrated(scratch.Folder, "points.fsx", scratch.At("calibration.json"));

        Assert.True(result.Exit == 0, result.ToString());
        Assert.Single(result.Error.Split('\n'), line => line.StartsWith("warning PD5401: ", StringComparison.Ordinal));
    }

    [Fact]
    public void A_script_goes_on_where_another_run_stopped()
    {
        var result = Run("""
            let options = { Train.options with Quiet = true }
            let whole = points 2 |> Train.runWith { options with Out = "whole" }
            points 2 |> Train.runWith { options with Steps = 7L; Out = "part" } |> ignore
            let rest = points 2 |> Train.runWith { options with Resume = Resume.From "part" }
            printfn "%d %b" rest.Steps (rest.Train["loss"] = whole.Train["loss"])
            let session = points 2 |> Train.startWith { options with Resume = Resume.From "part/checkpoints/step-7"; Out = "none" }
            session.Step 13
            printfn "%b" (session.Loss > 0.0)
            (session :> System.IDisposable).Dispose()
            """);

        Assert.True(result.Exit == 0, result.ToString());
        Assert.Equal("20 true\ntrue\n", result.Output);
    }

    [Fact]
    public void Training_twice_gives_the_same_bits()
    {
        var result = Run("""
            let losses = [ for _ in 1..2 -> (Train.runWith { Train.options with Quiet = true } (points 2)).Train["loss"] ]
            printfn "%b" (losses[0] = losses[1])
            """);

        Assert.True(result.Exit == 0, result.ToString());
        Assert.Equal("true\n", result.Output);
    }

    [Fact]
    public void A_run_that_fails_ends_the_script_with_exit_code_3()
    {
        var result = Run("""
            points 2 |> Train.runWith { Train.options with Init = "nowhere.safetensors" } |> ignore
            printfn "not reached"
            """);

        Assert.Equal(3, result.Exit);
        Assert.Equal("", result.Output);
        Assert.Contains("nowhere.safetensors", result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void At_the_prompt_a_mistake_is_a_message_and_the_session_goes_on()
    {
        var input = FSharpInteractive.Load + "\n" + Points.ReplaceLineEndings("\n") + ";;\nCheck.program (points 3);;\nprintfn \"still %s\" \"here\";;\n#quit;;\n";
        var result = FSharpInteractive.Prompt(scratch.Folder, input);

        Assert.Contains("PD3004", result.Output + result.Error, StringComparison.Ordinal);
        Assert.Contains("still here", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void The_files_word_parallel_works_with_a_warning_of_FSharps()
    {
        var result = Run("""
            let onTwo =
                program {
                    data { source (synthetic 320); input [ 10 ]; target [ 2 ] }
                    model { linear 2 }
                    train { loss mse; optimizer (sgd 0.01) }
                    parallel { data 2 }
                }

            Check.program onTwo
            """);

        Assert.True(result.Exit == 0, result.ToString());
        Assert.Contains("FS0046", result.Error, StringComparison.Ordinal);
    }

    public void Dispose() => scratch.Dispose();
}
