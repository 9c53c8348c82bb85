using System.Text.Json;
using Xunit;

namespace ParDsl.Cli.Tests;

/// <summary><c>pardsl verify</c> from the outside: its table, its events, its exit codes.</summary>
[Collection(Training.Collection)]
public sealed class VerifyTests : IDisposable
{
    private readonly Scratch scratch = new();

    public VerifyTests() => scratch.Write("a.pd", Specs.Synthetic("steps 20"));

    public void Dispose() => scratch.Dispose();

    [Fact]
    public void The_common_layouts_pass_and_those_that_do_not_fit_say_why()
    {
        var result = Pardsl.Run(scratch.Folder, "verify", "a.pd", "--steps", "2");
        Assert.True(result.Exit == 0, result.ToString());
        Assert.Contains("data=2,shard=parameters", result.Output, StringComparison.Ordinal);
        Assert.Contains("pipeline=2,schedule=zero_bubble", result.Output, StringComparison.Ordinal);
        Assert.Contains("not run: data=2,tensor=2: `tensor 2` finds no layer", result.Output, StringComparison.Ordinal);
        Assert.Contains("not run: pipeline=4,schedule=gpipe: `pipeline 4` needs", result.Output, StringComparison.Ordinal);
        Assert.Contains("layouts learn what one device learns, to 1.0e-09", result.Output, StringComparison.Ordinal);
        Assert.StartsWith("a: 2 updates in float64 on ", result.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(scratch.At("runs")), "a comparison writes nothing");
    }

    /// <summary>The spec's own layout finds 8 samples for each of 4 ranks; one device would find another number.</summary>
    [Fact]
    public void A_batch_that_is_to_be_found_is_the_same_for_all_layouts()
    {
        scratch.Write("d.pd", Specs.Synthetic("steps 20"));
        var result = Pardsl.Run(
            scratch.Folder, "verify", "d.pd", "--steps", "2", "--layouts", "data=2", "data=4", "--set", "train.batch=auto", "--set", "parallel.data=4");
        Assert.True(result.Exit == 0, result.ToString());
        Assert.Contains("2 layouts learn what one device learns", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Each_layout_is_an_event()
    {
        var result = Pardsl.Run(
            scratch.Folder, "verify", "a.pd", "--json", "--layouts", "data=2,shard=optimizer", "data=4", "--set", "train.accumulate=2");
        Assert.True(result is { Exit: 0, Error: "" }, result.ToString());
        var events = Events(result);
        Assert.Equal(["data=2,shard=optimizer", "data=4"], events.Select(layout => layout.GetProperty("layout").GetString()));
        Assert.All(events, layout =>
        {
            Assert.Equal("layout", layout.GetProperty("event").GetString());
            Assert.True(layout.GetProperty("pass").GetBoolean());
            Assert.Equal(1e-9, layout.GetProperty("tolerance").GetDouble());
            Assert.InRange(layout.GetProperty("loss_difference").GetDouble(), 0, 1e-12);
            Assert.InRange(layout.GetProperty("gradient_difference").GetDouble(), 0, 1e-12);
            Assert.InRange(layout.GetProperty("weight_difference").GetDouble(), 0, 1e-9);
            Assert.Equal(layout.GetProperty("planned_bytes").GetInt64(), layout.GetProperty("moved_bytes").GetInt64());
        });
    }

    [Fact]
    public void A_difference_beyond_the_tolerance_fails()
    {
        var result = Pardsl.Run(
            scratch.Folder, "verify", "a.pd", "--layouts", "data=4", "--precision", "float32", "--tolerance", "1e-12");
        Assert.True(result.Exit == 3, result.ToString());
        Assert.Contains("FAIL", result.Output, StringComparison.Ordinal);
        Assert.Contains("0 of 1 layout learns", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_layout_that_is_named_must_fit()
    {
        var result = Pardsl.Run(scratch.Folder, "verify", "a.pd", "--json", "--layouts", "data=2", "data=3");
        Assert.True(result.Exit == 1, result.ToString());
        var refused = Events(result)[1];
        Assert.Equal(JsonValueKind.Null, refused.GetProperty("pass").ValueKind);
        Assert.Contains("32 = 3 x 10 + 2", refused.GetProperty("reason").GetString(), StringComparison.Ordinal);
        Assert.Equal("PD4005", Assert.Single(refused.GetProperty("codes").EnumerateArray()).GetString());
    }

    /// <summary>The same words, and the same errors, as for a plan.</summary>
    [Fact]
    public void Layouts_are_laid_over_the_devices_that_are_asked_for()
    {
        var two = Pardsl.Run(scratch.Folder, "verify", "a.pd", "--json", "--gpus", "2", "--layouts", "data=2", "data=4");
        Assert.True(two.Exit == 1, two.ToString());
        var outcomes = Events(two);
        Assert.True(outcomes[0].GetProperty("pass").GetBoolean());
        var planned = Pardsl.Run(scratch.Folder, "plan", "a.pd", "--gpus", "2", "--set", "parallel.data=4");
        var code = Assert.Single(outcomes[1].GetProperty("codes").EnumerateArray()).GetString();
        Assert.Contains($"error {code}: ", planned.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--gpus", "none", 2)]
    [InlineData("--devices", "0,x", 2)]
    [InlineData("--gpus=2", "--devices=0,1", 2)]
    public void Devices_that_are_asked_for_wrongly_are_refused_as_for_a_plan(string first, string second, int exit)
    {
        var result = Pardsl.Run(scratch.Folder, "verify", "a.pd", first, second);
        var plan = Pardsl.Run(scratch.Folder, "plan", "a.pd", first, second);
        Assert.Equal((exit, plan.Error.Replace("pardsl plan", "pardsl verify", StringComparison.Ordinal)), (result.Exit, result.Error));
    }

    [Fact]
    public void Virtual_devices_can_be_refused()
    {
        var result = Pardsl.Run(scratch.Folder, "verify", "a.pd", "--json", "--require-gpu", "--layouts", "data=2");
        if (Events(result)[0].GetProperty("pass").ValueKind != JsonValueKind.Null)
            Assert.Skip("there are GPUs here");
        Assert.Equal(1, result.Exit);
        Assert.Equal("PD4001", Assert.Single(Events(result)[0].GetProperty("codes").EnumerateArray()).GetString());
    }

    [Theory]
    [InlineData("data=2,shart=optimizer", "`parallel` has no statement `shart`")]
    [InlineData("data=2,shard=optimiser", "optimizer")]
    [InlineData("shard=optimizer", "`data`")]
    public void A_mistake_in_a_layout_shows_the_layout(string layout, string part)
    {
        var result = Pardsl.Run(scratch.Folder, "verify", "a.pd", "--layouts", "data=2", layout);
        Assert.True(result is { Exit: 1, Output: "" }, result.ToString());
        Assert.Contains($"--> --layouts {layout}:1:", result.Error, StringComparison.Ordinal);
        Assert.Contains(part, result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void The_specs_own_layout_is_among_them_where_it_is_none_of_the_common_ones()
    {
        scratch.Write("b.pd", Specs.Synthetic("steps 20", parallel: "parallel { data 2; recompute all }"));
        var result = Pardsl.Run(scratch.Folder, "verify", "b.pd", "--json", "--steps", "1");
        Assert.True(result.Exit == 0, result.ToString());
        Assert.Equal("spec", Events(result)[0].GetProperty("layout").GetString());
        scratch.Write("c.pd", Specs.Synthetic("steps 20", parallel: "parallel { data 2 }"));
        var common = Pardsl.Run(scratch.Folder, "verify", "c.pd", "--json", "--steps", "1");
        Assert.DoesNotContain("\"spec\"", common.Output, StringComparison.Ordinal);
    }

    /// <summary>A SIGTERM that nobody handles would give another exit code, 143.</summary>
    [Theory]
    [InlineData("INT")]
    [InlineData("TERM")]
    public void A_signal_ends_it(string signal)
    {
        using var process = Pardsl.Start(scratch.Folder, "verify", "a.pd", "--steps", "100000000", "--layouts", "data=2");
        Pardsl.WaitFor("updates in float64", process.StandardError);
        Pardsl.Send(signal, process);
        var result = Pardsl.Finish(process, TimeSpan.FromSeconds(20));
        Assert.True(result is { Exit: 130, Output: "", Error: "" }, result.ToString());
    }

    private static List<JsonElement> Events(ProgramResult result) =>
        [.. result.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement)];
}
