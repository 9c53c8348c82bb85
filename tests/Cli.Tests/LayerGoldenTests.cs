using ParDsl.Goldens;
using Xunit;

namespace ParDsl.Cli.Tests;

/// <summary>A spec with every layer: what is inferred of each is a golden, and the whole of it trains.</summary>
[Collection(Training.Collection)]
public sealed class LayerGoldenTests : IDisposable
{
    private static readonly string Layers = Path.Combine(Golden.Root, "tests", "Goldens", "layers");

    private readonly Scratch scratch = new();

    public void Dispose() => scratch.Dispose();

    [Fact]
    public void Every_layer_is_shown_with_its_shapes_and_costs()
    {
        var result = Pardsl.Run(Layers, "show", "checked", "every.pd");
        Assert.True(result.Exit == 0, result.ToString());
        Golden.Check("layers/every.txt", result.Output);
    }

    [Fact]
    public void Every_layer_trains()
    {
        var result = Pardsl.Run(Layers, "run", "every.pd", "--gpus", "2", "--steps", "3", "--out", scratch.At("out"));
        Assert.True(result.Exit == 0, result.ToString());
    }
}
