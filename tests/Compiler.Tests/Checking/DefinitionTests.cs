using ParDsl.Compiler.Checked;
using Xunit;

namespace ParDsl.Compiler.Tests.Checking;

/// <summary>What a <c>def</c> stands for: its layers, their names and sizes, and where its mistakes are shown.</summary>
public sealed class DefinitionTests
{
    private const string Block = "def block(width, depth=1, rate=(depth / 10)) { repeat depth { linear width }; dropout rate }";

    [Theory]
    [InlineData("block 8", "0.0.0.0.weight [8, 10]", 0.1)]
    [InlineData("block width=8", "0.0.0.0.weight [8, 10]", 0.1)]
    [InlineData("block rate=0.25 width=8", "0.0.0.0.weight [8, 10]", 0.25)]
    [InlineData("block (2 * size) 5", "0.0.0.0.weight [12, 10]", 0.5)]
    [InlineData("enc: block 8 depth=2", "enc.0.0.0.weight [8, 10]", 0.2)]
    [InlineData("repeat 2 { enc: block 8 }", "0.0.enc.0.0.0.weight [8, 10]", 0.1)]
    [InlineData("residual { block 10 }", "0.0.0.0.0.weight [10, 10]", 0.1)]
    public void Arguments_are_given_by_place_or_name_and_parameters_are_named_below(string model, string first, double rate)
    {
        var program = Spec.Right(Spec.Of($"let size = 6\n{Block}", model: $"{model}; linear (size - 1)"));
        var parameter = program.Model.Layers[0].Parameters[0];
        Assert.Equal(first, $"{parameter.Name} {parameter.Shape}");
        Assert.Equal(rate, program.Model.Layers.First(layer => layer.Kind == "dropout").Arguments.Real("rate"));
    }

    [Theory]
    [InlineData("def wide(n) { linear n }", "wide 7; linear 5", 7)]
    [InlineData("def wide(n) { narrow (2 * n) }\ndef narrow(n) { linear n }", "wide 7; linear 5", 14)]
    [InlineData("let n = 3\ndef wide(m, n) { linear n; relu }", "wide 1 n=(n + 1); linear 5", 4)]
    [InlineData("let n = 3\ndef wide(n=n) { linear n; relu }", "wide; linear 5", 3)]
    [InlineData("def wide() { linear 9; relu }", "wide; linear 5", 9)]
    public void Parameters_hide_lets_and_are_each_definitions_own(string top, string model, long outputs) =>
        Assert.Equal(Shape.Of(outputs), Spec.Right(Spec.Of(top, model: model)).Model.Layers[0].Output);

    [Fact]
    public void Values_of_every_kind_are_passed()
    {
        var text = Spec.Of(
            "def filter(kernel, bias, size) { conv2d 2 kernel=kernel bias=bias padding=size }",
            "source synthetic 320; input [1, 8, 8]; target [5]",
            "filter [3, 5] false [1, 2]; flatten; linear 5");
        var layer = Spec.Right(text).Model.Layers[0];
        Assert.Equal([3, 5], layer.Arguments.Integers("kernel"));
        Assert.Equal(Shape.Of(2, 8, 8), layer.Output);
        Assert.Single(layer.Parameters);
    }

    [Fact]
    public void A_label_in_a_definition_is_each_uses_own() =>
        Assert.Equal(
            ["0.fc", "0.1", "0.2", "1.fc", "1.1", "1.2", "fc"],
            Spec.Right(Spec.Of("def block(n) { fc: linear n; relu; add fc }", model: "block 8; block 8; fc: linear 5"))
                .Model.Layers.Select(layer => layer.Name));

    [Theory]
    [InlineData("def block(n) { linear n }", "block 8; block 0; linear 5", "PD2018", "n", "block 0")]
    [InlineData("def block(n) { linear n; conv2d n }", "block 8; linear 5", "PD3020", "conv2d n", "block 8")]
    [InlineData("def block(n) { linear n }", "linear 8; block 6", "PD3004", "linear n", "block 6")]
    [InlineData("def block(n) { residual { linear n } }", "block 10; block 5", "PD3027", "residual", "block 5")]
    public void A_mistake_of_one_use_is_shown_at_the_layer_with_the_use(string top, string model, string code, string span, string use)
    {
        var found = Spec.Only(Spec.Check(Spec.Of(top, model: model)));
        Assert.Equal((code, span), (found.Code, found.Span.Text));
        Assert.Contains(use, found.Related.Select(place => place.Span.Text));
    }

    [Fact]
    public void A_mistake_in_uses_within_uses_shows_each_of_them()
    {
        var top = "def outer(n) { inner (n - 1) }\ndef inner(n) { linear n }";
        var found = Spec.Only(Spec.Check(Spec.Of(top, model: "outer 1; linear 5")));
        Assert.Equal(["outer 1", "inner (n - 1)"], found.Related.Select(place => place.Span.Text));
    }

    [Theory]
    [InlineData("def block(n) { linear n bais=true }", "block 8; linear 5", "PD2012")]
    [InlineData("def block(n) { linear n bais=true }", "linear 5", "PD2012")]
    [InlineData("def block(n) { block (n) }", "linear 5", "PD2063")]
    public void A_mistake_of_the_definition_itself_is_shown_without_any_use(string top, string model, string code)
    {
        var found = Spec.Only(Spec.Check(Spec.Of(top, model: model)));
        Assert.Equal(code, found.Code);
        Assert.Empty(found.Related);
    }

    [Fact]
    public void Definitions_that_double_with_every_level_are_refused_at_once()
    {
        var levels = string.Join('\n', Enumerable.Range(0, 40).Select(level => $"def d{level}() {{ d{level + 1}; d{level + 1} }}"));
        var found = Spec.Only(Spec.Check(Spec.Of($"{levels}\ndef d40() {{ linear 5 }}", model: "d0")));
        Assert.Equal("PD2028", found.Code);
    }

    [Theory]
    [InlineData(50, false, new string[0])]
    [InlineData(50, true, new string[0])]
    [InlineData(51, false, new[] { "PD2064" })]
    [InlineData(51, true, new[] { "PD2064" })]
    [InlineData(4000, false, new[] { "PD2064" })]
    [InlineData(4000, true, new[] { "PD2064" })]
    public void Definitions_may_use_each_other_50_deep_whatever_their_order(int count, bool isInnermostFirst, string[] codes)
    {
        var levels = Enumerable.Range(1, count).Select(level => $"def d{level}() {{ {(level == count ? "linear 5" : $"d{level + 1}")} }}");
        var text = Spec.Of(string.Join('\n', isInnermostFirst ? levels.Reverse() : levels), model: "d1");
        Assert.Equal(codes, Spec.Check(text).Diagnostics.Select(diagnostic => diagnostic.Code).Distinct());
    }

    [Fact]
    public void Blocks_of_the_greatest_depth_in_definitions_of_the_greatest_depth_are_checked()
    {
        string Nested(string inside) => $"{string.Concat(Enumerable.Repeat("repeat 1 { ", 98))}{inside}{string.Concat(Enumerable.Repeat(" }", 98))}";
        var levels = string.Join('\n', Enumerable.Range(1, 50).Select(level => $"def d{level}() {{ {Nested(level == 50 ? "linear 5" : $"d{level + 1}")} }}"));
        Assert.Single(Spec.Right(Spec.Of(levels, model: Nested("d1"))).Model.Layers);
    }

    [Fact]
    public void An_imported_definition_may_stay_unused()
    {
        var files = new Dictionary<string, string> { ["blocks.pd"] = "def block(n) { linear n }\nlet size = 3\n" };
        var text = Spec.Of("import \"blocks.pd\"");
        var program = Spec.WithImports(Spec.Parse(text), files);
        Assert.Empty(Compiler.Checking.Checker.Check(program, new(Shape.Of(10), 5, 320, 0)).Diagnostics);
    }
}
