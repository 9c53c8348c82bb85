using System.Text.Json;
using ParDsl.Goldens;
using Xunit;

namespace ParDsl.Cli.Tests;

/// <summary>
/// Every example that has a sound model in every kind of layout, by <c>pardsl verify</c>: a layout has learned what one device
/// learns, in float64, or the planner has refused it with the code that stands here. Batches are smaller than the examples'
/// own, for the time that it takes.
/// </summary>
[Collection(Training.Collection)]
public sealed class ExampleLayoutTests
{
    private const string Passes = "passes";

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    private static readonly string[] Layouts =
    [
        "data=2",
        "data=4",
        "data=2,shard=optimizer",
        "data=2,shard=gradients",
        "data=2,shard=parameters",
        "pipeline=2,schedule=gpipe",
        "pipeline=2,schedule=1f1b",
        "pipeline=2,schedule=interleaved,chunks=2",
        "pipeline=2,schedule=zero_bubble",
        "pipeline=4,schedule=gpipe",
        "pipeline=4,schedule=1f1b",
        "pipeline=4,schedule=interleaved,chunks=2",
        "pipeline=4,schedule=zero_bubble",
        "tensor=2",
        "tensor=2,sequence=true",
        "data=2,pipeline=2",
        "data=2,tensor=2",
        "pipeline=2,tensor=2",
        "data=2,pipeline=2,tensor=2",
    ];

    /// <summary>Examples, and how many samples an update has.</summary>
    public static TheoryData<string, int> Examples => new()
    {
        { "01-digits/digits.pd", 64 },
        { "02-article/fixed.pd", 32 },
        { "03-fashion/conv.pd", 16 },
        { "04-four-devices/conv.pd", 16 },
        { "05-residual/residual.pd", 16 },
        { "06-gpt/gpt.pd", 8 },
    };

    [Theory]
    [MemberData(nameof(Examples))]
    public void An_example_learns_the_same_in_every_layout(string example, int batch)
    {
        FashionMnist.RequireFor(example);
        var result = Pardsl.Run(
            Golden.Root, Patience, "verify", $"examples/{example}", "--json", "--steps", "3", "--set", $"train.batch={batch}");
        Assert.True(result is { Exit: 0, Error: "" }, result.ToString());
        var outcomes = result.OutputLines.Select(line => JsonDocument.Parse(line).RootElement).ToDictionary(NameOf, OutcomeOf);
        Assert.Empty(Layouts.Except(outcomes.Keys));
        Assert.Equal(outcomes.Keys.ToDictionary(layout => layout, layout => Expected(example, layout)), outcomes);
    }

    [Fact]
    public void Every_example_is_among_them()
    {
        var folder = Path.Combine(Golden.Root, "examples");
        var files = Directory.GetFiles(folder, "*.pd", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(folder, file));
        const string NotSound = "02-article/article.pd";
        // What is planned for clusters is held to what was measured there: Compiler.Tests, PublishedRunTests.
        var small = files.Where(file => file != NotSound && !file.StartsWith("published/", StringComparison.Ordinal));
        Assert.Equal([.. small.Order(StringComparer.Ordinal)], Examples.Select(row => row.Data.Item1));
    }

    /// <summary>What becomes of a layout: models may have too few layers for it, or nothing that it divides.</summary>
    private static string Expected(string example, string layout) => (example, layout) switch
    {
        // 5 layers, and 4 ranks with 2 stages each.
        ("01-digits/digits.pd", "pipeline=4,schedule=interleaved,chunks=2") => "PD4020",
        // 3 layers; and the first linear's 5 outputs cannot be halved.
        ("02-article/fixed.pd", "pipeline=2,schedule=interleaved,chunks=2") => "PD4020",
        ("02-article/fixed.pd", _) when layout.StartsWith("pipeline=4", StringComparison.Ordinal) => "PD4020",
        ("02-article/fixed.pd", _) when layout.Contains("tensor=2", StringComparison.Ordinal) => "PD4031",
        // Only text has places to divide.
        (not "06-gpt/gpt.pd", "tensor=2,sequence=true") => "PD4033",
        _ => Passes,
    };

    private static string NameOf(JsonElement layout) => layout.GetProperty("layout").GetString()!;

    /// <summary>That it passes, the codes of a refusal, or else the whole event.</summary>
    private static string OutcomeOf(JsonElement layout) => layout.GetProperty("pass").ValueKind switch
    {
        JsonValueKind.Null => string.Join(' ', layout.GetProperty("codes").EnumerateArray().Select(code => code.GetString())),
        JsonValueKind.True when IsNear(layout) && MovesWhatIsPlanned(layout) => Passes,
        _ => layout.GetRawText(),
    };

    private static bool IsNear(JsonElement layout) =>
        layout.GetProperty("tolerance").GetDouble() <= 1e-9
        && layout.GetProperty("loss_difference").GetDouble() <= 1e-12
        && layout.GetProperty("gradient_difference").GetDouble() <= 1e-9;

    private static bool MovesWhatIsPlanned(JsonElement layout) =>
        layout.GetProperty("moved_bytes").GetInt64() == layout.GetProperty("planned_bytes").GetInt64();
}
