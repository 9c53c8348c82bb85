using System.Text.Json;
using ParDsl.Goldens;
using Xunit;

namespace ParDsl.Cli.Tests;

/// <summary>The examples as a user runs them, by the figures that their pages promise.</summary>
[Collection(Training.Collection)]
public sealed class ExampleTests : IDisposable
{
    private static readonly TimeSpan Minutes = TimeSpan.FromMinutes(12);

    private readonly Scratch scratch = new();

    public void Dispose() => scratch.Dispose();

    [Fact]
    public void Digits_reach_96_percent_on_the_validation_part()
    {
        var done = Train("01-digits/digits.pd", TimeSpan.FromMinutes(2), "--gpus", "4");
        var accuracy = done.GetProperty("validation").GetProperty("accuracy").GetDouble();
        Assert.True(accuracy >= 0.96, $"validation accuracy is {accuracy}");
    }

    [Fact]
    public void The_article_is_refused_with_the_two_shapes()
    {
        var result = Pardsl.Run(Example("02-article"), "check", "article.pd");
        Assert.Equal(1, result.Exit);
        Assert.StartsWith(
            "error PD3004: the loss compares `fc2` of shape [32, 2] with a target of shape [32, 5]\n", result.Error, StringComparison.Ordinal);
        Assert.EndsWith("help: write `fc2: linear 5`\n", result.Error, StringComparison.Ordinal);
        Assert.Equal(1, Pardsl.Run(Example("02-article"), "run", "article.pd", "--out", scratch.At("out")).Exit);
        Assert.False(Directory.Exists(scratch.At("out")));
    }

    [Fact]
    public void The_fixed_article_trains()
    {
        var done = Train("02-article/fixed.pd", TimeSpan.FromMinutes(1));
        Assert.Equal(100, done.GetProperty("steps").GetInt64());
        Assert.True(done.GetProperty("train").GetProperty("loss").GetDouble() < 1.0);
    }

    [Fact]
    public void Fashion_reaches_88_percent_on_the_test_part_in_2_epochs()
    {
        FashionMnist.Require();
        var done = Train("03-fashion/conv.pd", Minutes);
        var accuracy = done.GetProperty("test").GetProperty("accuracy").GetDouble();
        Assert.True(accuracy >= 0.88, $"test accuracy is {accuracy}");
    }

    [Theory]
    [InlineData("01-digits", "digits.pd")]
    [InlineData("02-article", "fixed.pd")]
    [InlineData("03-fashion", "conv.pd")]
    [InlineData("04-four-devices", "conv.pd")]
    [InlineData("05-residual", "residual.pd")]
    [InlineData("06-gpt", "gpt.pd")]
    public void The_first_losses_are_those_of_the_golden(string folder, string spec)
    {
        FashionMnist.RequireFor($"{folder}/{spec}");
        LossGolden.Check($"examples/{folder}/losses.txt", FirstLosses($"{folder}/{spec}", "first"));
    }

    [Fact]
    public void Fashion_on_four_devices_starts_with_the_losses_of_one()
    {
        FashionMnist.Require();
        var one = FirstLosses("03-fashion/conv.pd", "one");
        var four = FirstLosses("04-four-devices/conv.pd", "four");
        Assert.Equal(5, one.Count);
        Assert.All(one.Zip(four), pair => Assert.Equal(pair.First, pair.Second, 1e-3 * Math.Abs(pair.First)));
    }

    [Theory]
    [InlineData("01-digits/digits.pd")]
    [InlineData("02-article/fixed.pd")]
    [InlineData("06-gpt/gpt.pd")]
    public void An_example_is_checked_planned_and_shown(string example)
    {
        foreach (var words in (string[][])[["check"], ["plan"], ["plan", "--set", "parallel.data=4"], ["show", "syntax"], ["show", "checked"], ["show", "plan"], ["fmt", "--check"]])
        {
            var result = Pardsl.Run(Golden.Root, [.. words, $"examples/{example}"]);
            Assert.True(result.Exit == 0, $"{string.Join(' ', words)}: {result}");
        }
    }

    private static string Example(string folder) => Path.Combine(Golden.Root, "examples", folder);

    private List<double> FirstLosses(string example, string name) =>
        [.. Events(example, Minutes, "--steps", "5", "--out", scratch.At(name))
            .Where(line => line.GetProperty("event").GetString() == "step")
            .Select(line => line.GetProperty("loss").GetDouble())];

    /// <summary>The event that ends a whole run.</summary>
    private JsonElement Train(string example, TimeSpan patience, params string[] options) =>
        Events(example, patience, ["--out", scratch.At("out"), .. options])[^1];

    private static List<JsonElement> Events(string example, TimeSpan patience, params string[] options)
    {
        var result = Pardsl.Run(Golden.Root, patience, ["run", $"examples/{example}", "--json", .. options]);
        Assert.True(result.Exit == 0, result.ToString());
        return [.. result.OutputLines.Select(line => JsonDocument.Parse(line).RootElement)];
    }
}
