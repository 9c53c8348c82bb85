using System.Text.Json;
using ParDsl.Goldens;
using Xunit;

namespace ParDsl.Cli.Tests;

/// <summary><c>pardsl diff</c> on specs whose plans depend on no machine.</summary>
public sealed class DiffTests : IDisposable
{
    private readonly Scratch scratch = new();

    public void Dispose() => scratch.Dispose();

    [Fact]
    public void A_spec_beside_itself_is_the_same()
    {
        scratch.Write("a.pd", Specs.Synthetic());
        var result = Pardsl.Run(scratch.Folder, "diff", "a.pd", "a.pd");
        Assert.True(result.Exit == 0, result.ToString());
        Assert.Equal("the same learning\nthe same execution\n", result.Output);
    }

    [Fact]
    public void The_screen_is_as_accepted()
    {
        scratch.Write("a.pd", Specs.Synthetic("epochs 2", parallel: "parallel { data 2 }"));
        scratch.Write("b.pd", Specs.Synthetic("epochs 3; metric mean_absolute_error", parallel: "parallel { pipeline 2 microbatches=4 }")
            .Replace("linear 5", "linear 9", StringComparison.Ordinal));
        var result = Pardsl.Run(scratch.Folder, "diff", "a.pd", "b.pd");
        Assert.True(result.Exit == 0, result.ToString());
        Assert.Equal("", result.Error);
        Golden.Check("plans/diff.txt", result.Output);
    }

    [Fact]
    public void Json_is_one_line()
    {
        scratch.Write("a.pd", Specs.Synthetic(parallel: "parallel { data 2 }"));
        scratch.Write("b.pd", Specs.Synthetic(parallel: "parallel { data 4 }"));
        var result = Pardsl.Run(scratch.Folder, "diff", "a.pd", "b.pd", "--json");
        using var json = JsonDocument.Parse(Assert.Single(result.OutputLines));
        Assert.True(json.RootElement.GetProperty("same_learning").GetBoolean());
        Assert.Equal("data 4", json.RootElement.GetProperty("execution")[0].GetProperty("after").GetString());
    }

    [Fact]
    public void Set_changes_both()
    {
        scratch.Write("a.pd", Specs.Synthetic(parallel: "parallel { data 2 }"));
        scratch.Write("b.pd", Specs.Synthetic(parallel: "parallel { data 4 }"));
        var result = Pardsl.Run(scratch.Folder, "diff", "a.pd", "b.pd", "--set", "parallel.data=2");
        Assert.Equal("the same learning\nthe same execution\n", result.Output);
    }

    [Fact]
    public void A_spec_that_is_wrong_is_told_and_nothing_is_compared()
    {
        scratch.Write("a.pd", Specs.Synthetic());
        scratch.Write("b.pd", Specs.Synthetic().Replace("linear 2", "linear 3", StringComparison.Ordinal));
        var result = Pardsl.Run(scratch.Folder, "diff", "a.pd", "b.pd");
        Assert.Equal(1, result.Exit);
        Assert.Contains("b.pd", result.Error, StringComparison.Ordinal);
        Assert.Equal("", result.Output);
    }
}
