using ParDsl.Compiler.Checked;
using ParDsl.Compiler.Data;
using Xunit;

namespace ParDsl.Compiler.Tests.Checking;

/// <summary>Texts, tokens, and weights that two layers use; a text of these tests has 20 different characters.</summary>
public sealed class SequenceTests
{
    private const string Book = "source text \"book.txt\" length=8";
    private const string Train = "loss cross_entropy; optimizer adam; batch 4; metric accuracy";

    [Fact]
    public void A_text_gives_tokens_and_a_class_at_each_place()
    {
        var program = Right("embedding 16; linear vocabulary");
        Assert.Equal(new ValueKind.Tokens(20), program.Model.InputKind);
        Assert.Equal(Shape.Of(8), program.Model.Input);
        Assert.Equal(new CheckedTarget.Class(20) { Places = Shape.Of(8) }, program.Data.Target);
        Assert.Equal(Shape.Of(8, 20), program.Model.Output);
        Assert.Equal(Shape.Of(20, 16), program.Model.Layers[0].Parameters[0].Shape);
    }

    [Fact]
    public void Vocabulary_is_a_number_in_expressions() =>
        Assert.Equal(Shape.Of(8, 40), Right("embedding 16; linear (2 * vocabulary); linear vocabulary").Model.Layers[1].Output);

    [Fact]
    public void A_let_of_that_name_stays_what_it_is() =>
        Assert.Equal(Shape.Of(8, 5), Right("embedding 16; linear vocabulary; linear 20", "let vocabulary = 5").Model.Layers[1].Output);

    [Fact]
    public void A_text_that_cannot_be_read_adds_no_mistakes_of_its_own() => Assert.Empty(
        Spec.Check(Spec.Of(data: Book, model: "tokens: embedding 16; linear vocabulary tied=tokens", train: Train), (DatasetDescription?)null).Diagnostics);

    [Fact]
    public void A_tied_layer_owns_no_weight_and_names_the_owner_s()
    {
        var layers = Right("tokens: embedding 16; layer_norm; linear vocabulary tied=tokens").Model.Layers;
        Assert.Equal(["2.bias"], layers[2].Parameters.Select(parameter => parameter.Name));
        Assert.Equal([new SharedParameter("weight", "tokens.weight", 0)], layers[2].Shared);
        Assert.Equal((20 * 16) + 16 + 16 + 20, layers.Sum(layer => layer.ParameterCount));
    }

    [Fact]
    public void In_a_repeat_a_label_stands_for_the_last_layer_it_has_made()
    {
        var layers = Right("embedding 16; repeat 2 { up: linear 16; linear 16 tied=up }; linear vocabulary").Model.Layers;
        Assert.Equal(["1.0.up.weight", "1.1.up.weight"], layers.SelectMany(layer => layer.Shared).Select(shared => shared.Name));
    }

    [Theory]
    [InlineData("relu")]
    [InlineData("linear 20")]
    [InlineData("flatten")]
    [InlineData("attention heads=1")]
    [InlineData("positions learned")]
    [InlineData("residual { embedding 16 }")]
    public void Only_an_embedding_takes_tokens(string model) =>
        Assert.Equal("PD3080", Spec.Only(Spec.Check(Spec.Of(data: Book, model: model, train: Train))).Code);

    [Fact]
    public void A_second_embedding_gets_numbers() =>
        Assert.Equal("PD3081", Spec.Only(Spec.Check(Spec.Of(data: Book, model: "embedding 16; embedding 16", train: Train))).Code);

    [Theory]
    [InlineData("heads=3", "16 = 3 * 5 + 1", "write `heads=2` or `heads=4`")]
    [InlineData("heads=17", "16 = 17 * 0 + 16", "write `heads=16`")]
    [InlineData("heads=9", "16 = 9 * 1 + 7", "write `heads=8` or `heads=16`")]
    public void Heads_divide_the_features(string heads, string arithmetic, string help)
    {
        var found = Spec.Only(Spec.Check(Spec.Of(data: Book, model: $"embedding 16; attention {heads}", train: Train)));
        Assert.Equal("PD3083", found.Code);
        Assert.Contains(arithmetic, found.Message, StringComparison.Ordinal);
        Assert.Equal(help, found.Help);
    }

    /// <summary>Numbers that are prime: no divisor is near, and looking at all numbers would not end.</summary>
    [Theory]
    [InlineData("heads=4", "write `heads=1`")]
    [InlineData("heads=50000000000000000", "write `heads=1`")]
    public void A_divisor_is_not_looked_for_for_ever(string heads, string help)
    {
        var model = $"linear 100000000000000003; attention {heads}";
        var found = Spec.Only(Spec.Check(Spec.Of(data: "source synthetic 320; input [2, 2]; target [5]", model: model)));
        Assert.Equal(("PD3083", help), (found.Code, found.Help));
    }

    [Fact]
    public void A_loss_of_numbers_does_not_compare_with_tokens() => Assert.Equal(
        "PD3005",
        Spec.Only(Spec.Check(Spec.Of(data: Book, model: "embedding 16; linear vocabulary", train: "loss mse; optimizer adam; batch 4"))).Code);

    private static CheckedProgram Right(string model, string top = "") =>
        Spec.Right(Spec.Of(top: top, data: Book, model: model, train: Train));
}
