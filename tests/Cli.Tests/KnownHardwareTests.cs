using System.Text.Json;
using Xunit;

namespace ParDsl.Cli.Tests;

/// <summary>Plans for hardware that is not here, as a user asks for them.</summary>
public sealed class KnownHardwareTests : IDisposable
{
    private readonly Scratch scratch = new();

    public KnownHardwareTests() => scratch.Write("input.pd", Specs.Synthetic(parallel: "parallel { data 4 }"));

    public void Dispose() => scratch.Dispose();

    [Fact]
    public void A_plan_is_made_for_named_gpus()
    {
        using var plan = Plan("--on", "h100:8");
        Assert.Equal("h100:8", plan.RootElement.GetProperty("hardware").GetString());
        Assert.Equal("nccl", plan.RootElement.GetProperty("engine").GetProperty("name").GetString());
    }

    [Theory]
    [InlineData("h100:2x2")]
    [InlineData("cpu:4")]
    [InlineData("mi300x:4")]
    public void Machines_and_cores_are_counted(string on)
    {
        using var plan = Plan("--on", on);
        Assert.Equal(on, plan.RootElement.GetProperty("hardware").GetString());
        Assert.Equal(4, plan.RootElement.GetProperty("ranks").GetInt32());
    }

    [Fact]
    public void Fewer_gpus_than_there_are_may_be_asked_for()
    {
        using var plan = Plan("--on", "a100:8", "--gpus", "2", "--set", "parallel.data=2");
        Assert.Equal(2, plan.RootElement.GetProperty("ranks").GetInt32());
    }

    [Fact]
    public void A_shown_plan_is_the_same_text()
    {
        var plan = Pardsl.Run(scratch.Folder, "plan", "input.pd", "--on", "v100:16");
        var shown = Pardsl.Run(scratch.Folder, "show", "plan", "input.pd", "--on", "v100:16");
        Assert.Equal(0, plan.Exit);
        Assert.Equal(plan.Output, shown.Output);
        Assert.StartsWith("plan of input: data 4 on v100:16", plan.Output, StringComparison.Ordinal);
    }

    private JsonDocument Plan(params string[] words)
    {
        var result = Pardsl.Run(scratch.Folder, ["plan", "input.pd", "--json", .. words]);
        Assert.Equal((0, ""), (result.Exit, result.Error));
        return JsonDocument.Parse(result.Output);
    }
}
