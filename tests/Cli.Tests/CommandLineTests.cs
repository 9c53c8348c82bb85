using ParDsl.Goldens;
using Xunit;

namespace ParDsl.Cli.Tests;

/// <summary>A wrong command line is one line on standard error and exit code 2.</summary>
public sealed class CommandLineTests
{
    private static readonly string Examples = Path.Combine(Golden.Root, "examples");

    [Theory]
    [InlineData("chek x.pd", "there is no command `chek`; did you mean `check`?")]
    [InlineData("xyzzy", "there is no command `xyzzy`; `pardsl --help` lists them")]
    [InlineData("--versoin", "there is no option `--versoin`; did you mean `--version`?")]
    [InlineData("verify", "`pardsl verify` needs a file: pardsl verify FILE")]
    [InlineData("verify a.pd --layouts", "`--layouts` needs a value behind it")]
    [InlineData("verify a.pd --steps 0", "`--steps` needs a whole number from 1 on, and `0` is none")]
    [InlineData("verify a.pd --tolerance none", "`--tolerance` needs a number above 0, and `none` is none")]
    [InlineData("verify a.pd --tolerance 0", "`--tolerance` needs a number above 0, and `0` is none")]
    [InlineData("verify a.pd --nodes 2", "`--nodes` is not there yet: a later release brings it")]
    [InlineData("eval x.pd", "`pardsl eval` is not there yet: a later release brings it")]
    [InlineData("predict x.pd", "`pardsl predict` is not there yet: a later release brings it")]
    [InlineData("export x.pd", "`pardsl export` is not there yet: a later release brings it")]
    [InlineData("new x", "`pardsl new` is not there yet: a later release brings it")]
    [InlineData("run", "`pardsl run` needs a file: pardsl run FILE")]
    [InlineData("run a.pd b.pd", "`pardsl run` takes one file, and here are 2: `a.pd`, `b.pd`")]
    [InlineData("run a.pd --gpu 4", "`pardsl run` has no option `--gpu`; did you mean `--gpus`?")]
    [InlineData("run a.pd --gpus", "`--gpus` needs a value behind it")]
    [InlineData("run a.pd --gpus --json", "`--gpus` needs a value behind it")]
    [InlineData("run a.pd --gpus four", "`--gpus` needs a whole number from 1 on, and `four` is none")]
    [InlineData("run a.pd --gpus=0", "`--gpus` needs a whole number from 1 on, and `0` is none")]
    [InlineData("run a.pd --steps -3", "`--steps` needs a whole number from 1 on, and `-3` is none")]
    [InlineData("run a.pd --seed 99999999999999999999", "`--seed` needs a whole number from 0 on, and `99999999999999999999` is none")]
    [InlineData("run a.pd --devices 0,0", "`--devices` needs different GPU numbers with commas between them, such as 0,2, and `0,0` is something else")]
    [InlineData("run a.pd --gpus 2 --devices 0,1", "`--gpus` and `--devices` both choose the devices: give one of them")]
    [InlineData("run a.pd --quiet --quiet", "`--quiet` is given more than once")]
    [InlineData("run a.pd --json=1", "`--json` takes no value, and `1` was given")]
    [InlineData("run a.pd --init w --resume", "`--init` begins a run from weights and `--resume` goes on with one: give one of them")]
    [InlineData("run a.pd --nodes 0", "`--nodes` needs a whole number from 1 on, and `0` is none")]
    [InlineData("run a.pd --processes 70000", "`--processes` needs a whole number up to 65536, and `70000` is more")]
    [InlineData("run a.pd --restarts x", "`--restarts` needs a whole number from 0 on, and `x` is none")]
    [InlineData("run a.pd --hosts a,,b", "`--hosts` needs machines with commas between them, such as a,b or a:4,b:4, and a name is empty")]
    [InlineData("run a.pd --hosts a,b --nodes 3", "`--nodes 3` and the 2 machines of `--hosts` are not as many: leave out `--nodes`")]
    [InlineData("run a.pd --hosts a --hostfile b", "`--hosts` and `--hostfile` both name the machines: give one of them")]
    [InlineData("plan a.pd --processes 2 --nodes 2", "`--processes` starts them on this machine, and `--nodes` is about several: give one of them")]
    [InlineData("plan a.pd --on dgx", "`--on` knows no hardware `dgx`; known are `a100`, `b200`, `cpu`, `h100`, `h200`, `l4`, `mi300x`, `rtx4090`, `v100`")]
    [InlineData("plan a.pd --on h10:8", "`--on` knows no hardware `h10`; did you mean `h100`?")]
    [InlineData("plan a.pd --on h100:8x", "`--on h100:8x` needs whole numbers behind the colon: `h100:8` is a machine of 8 GPUs, `h100:8x16` is 16 such machines")]
    [InlineData("plan a.pd --on h100:0", "`--on h100:0` needs whole numbers behind the colon: `h100:8` is a machine of 8 GPUs, `h100:8x16` is 16 such machines")]
    [InlineData("plan a.pd --on h100:128", "a machine of `h100` has at most 8 GPUs, and here are 128: write `--on h100:8x16`")]
    [InlineData("plan a.pd --on h100:8x5000", "`--on` plans for at most 4096 machines: write `--on h100:8x4096`")]
    [InlineData("plan a.pd --on h100:8 --nodes 2", "`--on` says how many machines there are, and so does `--nodes`: leave it out")]
    [InlineData("show plan a.pd --on tpu", "`--on` knows no hardware `tpu`; did you mean `cpu`?")]
    [InlineData("plan a.pd --html", "`--html` needs a value behind it")]
    [InlineData("diff a.pd", "`pardsl diff` compares two files, and 1 is given: pardsl diff A.pd B.pd")]
    [InlineData("diff a.pd b.pd c.pd", "`pardsl diff` compares two files, and 3 are given: pardsl diff A.pd B.pd")]
    [InlineData("check", "`pardsl check` needs a file: pardsl check FILE")]
    [InlineData("fmt", "`pardsl fmt` needs a file: pardsl fmt FILE")]
    [InlineData("show", "`pardsl show` needs a stage and a file: pardsl show syntax|checked|plan FILE")]
    [InlineData("show plans x.pd", "`pardsl show` knows no stage `plans`; did you mean `plan`?")]
    [InlineData("show plan x.pd y.pd", "`pardsl show plan` cannot use `y.pd`")]
    [InlineData("devices all", "`pardsl devices` cannot use `all`")]
    public void A_wrong_command_line_is_one_line_and_exit_code_2(string arguments, string message)
    {
        var result = Pardsl.Run(Examples, arguments.Split(' '));
        Assert.Equal(2, result.Exit);
        Assert.Equal($"pardsl: {message}\n", result.Error);
        Assert.Equal("", result.Output);
    }

    [Fact]
    public void No_command_at_all_shows_the_commands_and_is_wrong()
    {
        var result = Pardsl.Run(Examples);
        Assert.Equal(2, result.Exit);
        Assert.Contains("pardsl run FILE", result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--help", "pardsl doctor")]
    [InlineData("run --help", "--require-gpu")]
    [InlineData("--version", "pardsl 0.")]
    public void Help_and_version_are_results(string arguments, string part)
    {
        var result = Pardsl.Run(Examples, arguments.Split(' '));
        Assert.Equal(0, result.Exit);
        Assert.Contains(part, result.Output, StringComparison.Ordinal);
        Assert.Equal("", result.Error);
    }
}
