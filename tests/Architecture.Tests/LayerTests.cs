using ParDsl.Builders;
using ParDsl.Compiler.Layers;
using ParDsl.Compiler.Layers.Combinations;
using ParDsl.Runtime.Modules;
using Xunit;

namespace ParDsl.Architecture.Tests;

/// <summary>A layer is one rule and one module, a keyword in scripts, a line in the language reference, and a golden.</summary>
public sealed class LayerTests
{
    public static TheoryData<string> Kinds =>
        [.. LayerCatalogue.Rules.Select(rule => rule.Name), .. CombinationCatalogue.Rules.Select(rule => rule.Name)];

    [Fact]
    public void The_catalogue_has_its_eighteen_layers() =>
        Assert.Equal(
            ["attention", "average_pool", "batch_norm", "conv2d", "dropout", "embedding", "flatten", "gelu", "layer_norm", "linear", "max_pool", "positions", "relu", "rms_norm", "sigmoid", "silu", "softmax", "tanh"],
            LayerCatalogue.Rules.Select(rule => rule.Name));

    [Fact]
    public void Rules_of_layers_and_combinations_are_what_there_are_modules_for() =>
        Assert.Equal(
            LayerCatalogue.Rules.Select(rule => rule.Name).Concat(CombinationCatalogue.Rules.Select(rule => rule.Name)).Order(StringComparer.Ordinal),
            ModuleCatalogue.Kinds);

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_layer_has_a_keyword_in_scripts(string kind) => Assert.Contains(kind, Keywords.all.Keys);

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_layer_has_a_line_in_the_language_reference(string kind) =>
        Assert.Contains(File.ReadLines(Repository.At("docs/language.md")), line => line.StartsWith($"| `{kind}` |", StringComparison.Ordinal));

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_layer_is_in_the_golden_of_layers(string kind)
    {
        var goldens = Repository.Read("tests/Goldens/layers/every.txt") + Repository.Read("tests/Goldens/layers/sequence.txt");
        var words = goldens.Split([' ', '\n', '{', ';']);
        Assert.Contains(kind, words);
    }
}
