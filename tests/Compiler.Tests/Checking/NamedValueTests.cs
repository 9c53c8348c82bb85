using ParDsl.Compiler.Binding;
using ParDsl.Compiler.Checked;
using ParDsl.Compiler.Checking;
using ParDsl.Syntax;
using Xunit;

namespace ParDsl.Compiler.Tests.Checking;

/// <summary>Labelled values and branches in the graph: which layers they take, and how far a label reaches.</summary>
public sealed class NamedValueTests
{
    [Theory]
    [InlineData("a: linear 8; linear 4; concat a; linear 5", 2, new[] { 1, 0 })]
    [InlineData("a: linear 8; b: relu; linear 8; add b a; linear 5", 3, new[] { 2, 1, 0 })]
    [InlineData("a: linear 8; multiply a; linear 5", 1, new[] { 0, 0 })]
    [InlineData("a: residual { relu; linear 10 }; linear 10; add a; linear 5", 4, new[] { 3, 2 })]
    [InlineData("a: linear 8; repeat 2 { linear 8; add a }; linear 5", 4, new[] { 3, 0 })]
    [InlineData("repeat 2 { a: linear 8; relu; add a }; linear 5", 5, new[] { 4, 3 })]
    [InlineData("branches concat { branch { relu } branch { } branch { linear 3; tanh } }; linear 5", 3, new[] { 0, -1, 2 })]
    [InlineData("linear 8; branches add { branch { relu } branch { } }; linear 5", 2, new[] { 1, 0 })]
    [InlineData("branches multiply { a: branch { linear 8 } branch { linear 8; add a } }; linear 5", 3, new[] { 0, 2 })]
    [InlineData("residual projection=true { linear 4; relu }; linear 5", 3, new[] { 2, 1 })]
    [InlineData("residual projection=true { linear 10; relu }; linear 5", 2, new[] { -1, 1 })]
    public void A_combination_takes_the_layers_that_were_meant(string model, int layer, int[] inputs) =>
        Assert.Equal(inputs, Spec.Right(Spec.Of(model: model)).Model.Layers[layer].Inputs);

    /// <summary>A script's labels are texts; "1" would be the name of the second layer too.</summary>
    [Theory]
    [InlineData("1")]
    [InlineData("a b")]
    [InlineData("a.b")]
    [InlineData("let")]
    public void A_label_is_a_name(string label)
    {
        var program = Spec.Parse(Spec.Of(model: "fc: linear 8; linear 5"));
        var relabelled = new ProgramSyntax(program.File, CallParts.Exchange(
            program.Statements, block => block.WithBlock(CallParts.Exchange(block.Block, call => Relabelled(call, label)))));
        var found = Assert.Single(Checker.Check(relabelled, Spec.Describe(program.File.Text)).Diagnostics);
        Assert.Equal(("PD2076", "fc"), (found.Code, found.Span.Text));
        Assert.StartsWith($"the label `{label}` is not one that a file could have", found.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_branch_starts_from_what_comes_in()
    {
        var layers = Spec.Right(Spec.Of(model: "linear 8; branches add { branch { relu } branch { tanh } }; linear 5")).Model.Layers;
        Assert.Equal(["0", "1.0.0", "1.1.0", "1", "2"], layers.Select(layer => layer.Name));
        Assert.Equal([0], layers[1].Inputs);
        Assert.Equal([0], layers[2].Inputs);
    }

    [Fact]
    public void A_projection_is_named_below_its_residual()
    {
        var layers = Spec.Right(Spec.Of(model: "wide: residual projection=true { linear 4 }; linear 5")).Model.Layers;
        var parameter = Assert.Single(layers[1].Parameters);
        Assert.Equal(("wide.projection.weight", Shape.Of(4, 10)), (parameter.Name, parameter.Shape));
        Assert.Equal([CheckedLayer.ModelInput], layers[1].Inputs);
    }

    [Theory]
    [InlineData("a: linear 8; residual { relu; b: linear 8 }; add b; linear 5", "PD2072", "inside a `residual`")]
    [InlineData("a: linear 8; branches add { branch { b: linear 8 } branch { linear 8; add b } }; linear 5", "PD2072", "inside a `branch`")]
    [InlineData("repeat 2 { add b; b: linear 10 }; linear 5", "PD2071", "not there yet")]
    [InlineData("a: linear 5; concat c", "PD2070", "above this line there are `a`")]
    [InlineData("linear 5; concat c", "PD2070", "none above this line has any")]
    [InlineData("linear 5; concat fc2; fc2: linear 5", "PD2071", "not there yet")]
    public void A_label_reaches_to_the_end_of_its_block(string model, string code, string message)
    {
        var found = Spec.Only(Spec.Check(Spec.Of(model: model)));
        Assert.Equal(code, found.Code);
        Assert.Contains(message, found.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_definition_sees_no_label_but_its_own() =>
        Assert.Equal("PD2070", Spec.Only(Spec.Check(Spec.Of("def skip() { add fc1 }", model: "fc1: linear 5; relu; skip"))).Code);

    [Fact]
    public void A_label_and_a_let_do_not_meet() =>
        Spec.Right(Spec.Of("let fc = 5", model: "fc: linear fc; relu; add fc"));

    private static CallSyntax Relabelled(CallSyntax call, string label) => call.HasLabel
        ? new CallSyntax(
            true,
            new NameSyntax(label, call.Label.Span),
            call.Name,
            call.Arguments,
            call.HasBlock,
            call.Block,
            call.Span,
            call.HeadSpan,
            call.Trivia)
        : call;
}
