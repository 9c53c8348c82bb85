using ParDsl.Goldens;
using Xunit;

namespace ParDsl.Cli.Tests;

/// <summary>Two specs with every layer: what is inferred of each is a golden, and the whole of it trains.</summary>
[Collection(Training.Collection)]
public sealed class LayerGoldenTests : IDisposable
{
    private static readonly string Layers = Path.Combine(Golden.Root, "tests", "Goldens", "layers");

    private readonly Scratch scratch = new();

    public void Dispose() => scratch.Dispose();

    [Theory]
    [InlineData("every")]
    [InlineData("sequence")]
    public void Every_layer_is_shown_with_its_shapes_and_costs(string spec)
    {
        var result = Pardsl.Run(Layers, "show", "checked", $"{spec}.pd");
        Assert.True(result.Exit == 0, result.ToString());
        Golden.Check($"layers/{spec}.txt", result.Output);
    }

    [Theory]
    [InlineData("every")]
    [InlineData("sequence")]
    public void Every_layer_trains(string spec)
    {
        var result = Pardsl.Run(Layers, "run", $"{spec}.pd", "--gpus", "2", "--steps", "3", "--out", scratch.At("out"));
        Assert.True(result.Exit == 0, result.ToString());
    }
}
