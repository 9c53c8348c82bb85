using ParDsl.Compiler.Checking;
using Xunit;

namespace ParDsl.Compiler.Tests.Checking;

/// <summary>A mistake has one finding, though other stages miss what it stood for, and its help is code that mends it.</summary>
public sealed class ToldOnceTests
{
    [Theory]
    [InlineData("linear output=5", "PD2012", "write `outputs=5`")]
    [InlineData("linear out_features=5", "PD2012", "write `outputs=5`")]
    [InlineData("linear 5 bias=yes", "PD2017", "write `true` or `false`")]
    [InlineData("linear 5 steps", "PD2022", "write `5`")]
    [InlineData("linear vocabulary", "PD2103", "write the number itself")]
    public void In_the_model(string model, string code, string help) => Expect(Spec.Of(model: model), code, help);

    [Theory]
    [InlineData("source csv \"\"; target [5]", "PD2018", "write `\"data.csv\"`")]
    [InlineData("source csv \"a.csv\" delimiter=5; target [5]", "PD2017", "write `delimiter=\",\"`")]
    [InlineData("source csv digits; target [5]", "PD2017", "write `\"digits\"`")]
    [InlineData("source csv \"a.csv\"; target class 5 columns=label", "PD2017", "write `\"label\"`")]
    [InlineData("source csv \"a.csv\"; target class 5 columns=[label]", "PD2017", "write `\"label\"`")]
    [InlineData("source csv \"a.csv\"; target class", "PD2015", "write `target class 10`")]
    [InlineData("source csv \"a.csv\"; target clas 5", "PD2011", "write `class`")]
    [InlineData("source csv \"a.csv\"; target 5", "PD2017", "write `[5]`")]
    [InlineData("sorce csv \"a.csv\"; target [5]", "PD2010", "write `source`")]
    [InlineData("source csv \"a.csv\"; taget [5]", "PD2010", "write `target`")]
    public void In_the_data(string data, string code, string help) =>
        Expect(Spec.Of(data: data, model: "linear 5"), code, help);

    [Theory]
    [InlineData("los mse; optimizer sgd 0.1", "PD2010", "write `loss`")]
    [InlineData("loss mse; optimiser sgd 0.1", "PD2010", "write `optimizer`")]
    [InlineData("loss mse; optimizer sgd learning_rate=0.1", "PD2012", "write `lr=0.1`")]
    [InlineData("loss mse; optimizer adam eps=1e-6", "PD2012", "write `epsilon=1e-6`")]
    [InlineData("loss mse; optimizer adam; schedule cosine warmup=3 MiB", "PD2022", "write `warmup=3 steps`")]
    public void In_training(string train, string code, string help) => Expect(Spec.Of(train: train), code, help);

    [Theory]
    [InlineData("parallel data 4", "PD2021", "write `parallel { data 4 }`")]
    [InlineData("parallel data=4", "PD2021", "write `parallel { data 4 }`")]
    [InlineData("parallel pipeline 4 microbatches=8", "PD2021", "parallel { pipeline 4 microbatches 8 }")]
    [InlineData("parallel nodes=4", "PD2021", "parallel { nodes 4 }")]
    [InlineData("parallel { data 0 }", "PD2018", "write `10`")]
    public void In_the_layout(string parallel, string code, string help) => Expect(Spec.Of(parallel: parallel), code, help);

    [Theory]
    [InlineData("def block(n) { relu 3 }", "block 3; block 4; linear 5", "PD2016", "remove it")]
    [InlineData("def block(n) { linear n }", "block 0; block 0; linear 5", "PD2018", "write `10`")]
    [InlineData("def block(n, n) { linear n }", "block 3; block 4 5; linear 5", "PD2062", "remove one")]
    [InlineData("def block(n) { block n }", "block 3; linear 5", "PD2063", "`repeat`")]
    [InlineData("def a(n) { b n }\ndef b(n) { c n }\ndef c(n) { b n }", "a 3; linear 5", "PD2063", "`repeat`")]
    [InlineData("def block(n) { x: relu; x: linear n }", "block 3; block 4; linear 5", "PD2024", "x_2")]
    [InlineData("let n = (1 / 0)\ndef block(n) { linear n }", "block n; linear 5", "PD2006", "not 0")]
    [InlineData("def block(n) { linear n }", "blok 3; linear 5", "PD2010", "write `block`")]
    [InlineData("def block(width) { linear width }", "block widht=3; linear 5", "PD2012", "write `width=3`")]
    [InlineData("let true = 5", "linear 5 bias=true", "PD2002", "write another name")]
    [InlineData("let a = b\nlet b = 5", "linear a; linear b", "PD2001", "move `let b = ...` above this line")]
    public void At_the_top(string top, string model, string code, string help) =>
        Expect(Spec.Of(top: top, model: model), code, help);

    [Theory]
    [InlineData("conv2d 4 kernel=[3, 40]", "write `kernel=[3, 28]`")]
    [InlineData("conv2d 4 kernel=40", "write `kernel=28`")]
    public void In_a_kernel(string model, string help) =>
        Expect(Spec.Of(data: "source synthetic 320; input [1, 28, 28]; target [5]", model: model), "PD3021", help);

    [Fact]
    public void In_the_name_of_a_block() =>
        Expect(Spec.Of().Replace("model {", "modle {", StringComparison.Ordinal), "PD2010", "write `model`");

    [Fact]
    public void A_loss_names_the_residual_block_that_gives_the_output()
    {
        var found = Spec.Only(Spec.Check(Spec.Of(model: "residual { linear 10 }")));
        Assert.StartsWith("the loss compares `residual` of shape [32, 10]", found.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("linear 8", "model.linear.outputs=5")]
    [InlineData("linear outputs=8", "model.linear=5")]
    [InlineData("linear outputs=8", "model.linear.outputs=5")]
    public void A_value_that_is_set_takes_the_place_of_the_one_in_the_spec(string model, string set)
    {
        var changed = ParDsl.Overrides.Overrides.apply(Spec.Parse(Spec.Of(model: model)), [set]);
        Assert.Empty(changed.Diagnostics);
        var result = Checker.Check(changed.Program, Spec.Describe(Spec.Of()));
        Assert.Empty(result.Diagnostics);
        Assert.Equal("[5]", result.Value!.Model.Output.ToString());
    }

    private static void Expect(string text, string code, string help)
    {
        var found = Spec.Only(Spec.Check(text));
        Assert.Equal(code, found.Code);
        Assert.Contains(help, found.Help, StringComparison.Ordinal);
    }
}
