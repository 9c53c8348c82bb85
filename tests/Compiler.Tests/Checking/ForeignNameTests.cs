using ParDsl.Compiler.Binding;
using ParDsl.Compiler.Catalogue;
using Xunit;

namespace ParDsl.Compiler.Tests.Checking;

/// <summary>Who comes from another tool is told what its names are here.</summary>
public sealed class ForeignNameTests
{
    [Theory]
    [InlineData("Linear 5", "write `linear`")]
    [InlineData("MultiheadAttention 4; linear 5", "write `attention heads=4`")]
    [InlineData("multi_head_attention 4; linear 5", "write `attention heads=4`")]
    [InlineData("AvgPool2d 2; linear 5", "write `average_pool 2`")]
    [InlineData("LayerNorm; linear 5", "write `layer_norm`")]
    [InlineData("lstm 5; linear 5", "sequences are read by attention here")]
    [InlineData("linear 5; loss mse", "move it: `train { loss ... }`")]
    public void In_the_model(string model, string help) => Expect(Spec.Of(model: model), "PD2010", help);

    [Theory]
    [InlineData("batch_size 32", "PD2010", "write `batch`")]
    [InlineData("lr 0.1", "PD2010", "write `optimizer adamw lr=1e-3`")]
    [InlineData("warmup 100", "PD2010", "write `schedule cosine warmup=200 steps`")]
    [InlineData("max_grad_norm 1", "PD2010", "write `clip 1.0`")]
    [InlineData("gradient_accumulation_steps 4", "PD2010", "write `accumulate 4`")]
    [InlineData("data 4", "PD2010", "write `parallel { data 4 }`")]
    [InlineData("validation 10%", "PD2010", "move it: `data { validation ... }`")]
    [InlineData("schedule CosineAnnealingLR", "PD2011", "write `cosine`")]
    [InlineData("metric mae", "PD2011", "write `mean_absolute_error`")]
    [InlineData("precision fp16", "PD2019", "write `float16`")]
    public void In_training(string statement, string code, string help) =>
        Expect(Spec.Of(train: $"loss mse; optimizer adam; {statement}"), code, help);

    [Fact]
    public void A_foreign_statement_is_not_missing_as_well() =>
        Expect(Spec.Of(train: "criterion mse; optimizer adam"), "PD2010", "write `loss cross_entropy`");

    [Theory]
    [InlineData("ddp 4", "write `data 4`")]
    [InlineData("zero 3", "write `data 4; shard optimizer`")]
    [InlineData("tp 2", "write `tensor 2`")]
    [InlineData("gradient_checkpointing", "write `recompute all`")]
    public void In_a_layout(string layout, string help) => Expect(Spec.Of(parallel: $"parallel {{ {layout} }}"), "PD2010", help);

    [Theory]
    [InlineData("attention 4", "heads=4")]
    [InlineData("conv2d 3 16 kernel=3", "write `conv2d 16`")]
    [InlineData("conv2d 16 3", "or name it: it takes `channels`, `kernel`")]
    [InlineData("batch_norm 10", "write `batch_norm`")]
    public void A_value_that_has_no_place(string layer, string help) =>
        Expect(Spec.Of(model: $"{layer}; linear 5"), "PD2016", help);

    /// <summary>What is told is in the language: a statement of the block, or a component of that kind.</summary>
    [Fact]
    public void Every_meaning_is_a_word_of_the_language()
    {
        var words = new Dictionary<string, IEnumerable<string>>(StringComparer.Ordinal)
        {
            ["data"] = ["source", "input", "target", "validation"],
            ["model"] = ModelWords.Statements,
            ["train"] = TrainBinder.Known,
            ["parallel"] = ParallelBinder.Known,
            ["loss"] = LossCatalogue.Rules.Select(rule => rule.Name),
            ["metric"] = MetricCatalogue.Rules.Select(rule => rule.Name),
            ["schedule"] = ScheduleCatalogue.Rules.Select(rule => rule.Name),
            ["precision"] = StatementCatalogue.Train.Single(rule => rule.Name == "precision").Arguments.Single().Choices,
        };
        Assert.Equal(words.Keys.Order(StringComparer.Ordinal), ForeignNames.Places.Keys.Order(StringComparer.Ordinal));
        foreach (var (place, names) in ForeignNames.Places)
            Assert.All(names, name => Assert.Contains(name.Value.Split(' ')[0], words[place]));
    }

    /// <summary>Names are looked up without their capitals and `_`; one that is listed with them is never found.</summary>
    [Fact]
    public void Names_are_listed_as_they_are_looked_up() =>
        Assert.All(
            ForeignNames.Places.SelectMany(place => place.Value.Keys),
            name => Assert.Equal(name.Replace("_", "", StringComparison.Ordinal).ToLowerInvariant(), name));

    private static void Expect(string text, string code, string help)
    {
        var found = Spec.Only(Spec.Check(text));
        Assert.Equal(code, found.Code);
        Assert.Contains(help, found.Help, StringComparison.Ordinal);
    }
}
