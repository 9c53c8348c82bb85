using ParDsl.Compiler.Binding;
using ParDsl.Compiler.Checked;
using ParDsl.Compiler.Data;
using Xunit;

namespace ParDsl.Compiler.Tests.Checking;

/// <summary>The data block: the request that it makes, and what it states against what the files hold.</summary>
public sealed class DataTests
{
    private const string Csv = "source csv \"a.csv\"; input [64]; target [5]";

    [Fact]
    public void The_request_holds_what_the_readers_need()
    {
        var text = Spec.Of(data: "source csv \"a.csv\" header=true; input columns=[\"x1\", 3, \"a..f\"]; target class 4 columns=\"y\"");
        var request = DataBinder.Bind(Spec.Parse(text)).Value!;
        Assert.Equal("csv", request.Source.Kind);
        Assert.Equal("a.csv", request.Source.Arguments.Text("path"));
        Assert.Equal("true", request.Source.Arguments.Text("header"));
        Assert.Equal(",", request.Source.Arguments.Text("delimiter"));
        Assert.Equal("\"a.csv\"", request.SourceSpan.Text);
        Assert.Equal(["x1", "3", "a..f"], request.InputColumns);
        Assert.Equal("columns=[\"x1\", 3, \"a..f\"]", request.InputColumnsSpan.Text);
        Assert.Equal(["y"], request.TargetColumns);
        Assert.Null(request.StatedInput);
        Assert.Equal(new CheckedTarget.Class(4), request.Target);
    }

    [Fact]
    public void There_is_no_request_where_the_data_block_has_a_mistake() =>
        Assert.Null(DataBinder.Bind(Spec.Parse(Spec.Of(data: "source csv \"a.csv\"; inptu [5]; target [5]"))).Value);

    [Fact]
    public void A_mistake_elsewhere_leaves_the_request() =>
        Assert.NotNull(DataBinder.Bind(Spec.Parse(Spec.Of(model: "lineer 5"))).Value);

    [Fact]
    public void A_stated_input_must_hold_as_many_values_as_the_files()
    {
        var found = Spec.Only(Spec.Check(Spec.Of(data: Csv), new DatasetDescription(Shape.Of(60), 5, 100, 0)));
        Assert.Equal("PD3001", found.Code);
        Assert.Equal("the input is stated as [64], 64 values, but a sample of the data has [60], 60 values", found.Message);
        Assert.Equal("input [64]", found.Span.Text);
        Assert.Equal("write `input [60]`", found.Help);
    }

    [Fact]
    public void A_stated_input_may_be_another_view_of_the_same_values()
    {
        var data = "source idx \"a\"; input [1, 28, 28]; target [5]";
        var program = Spec.Right(
            Spec.Of(data: data, model: "flatten; linear 5"),
            new DatasetDescription(Shape.Of(28, 28), 5, 100, 10));
        Assert.Equal(Shape.Of(1, 28, 28), program.Data.Input);
    }

    [Theory]
    [InlineData("target [5]", 3, "the target is stated as [5], 5 values, but a target of the data has 3 values")]
    [InlineData("target class 5", 2, "a class target is one whole number a sample, but a target of the data has 2 values")]
    public void A_stated_target_must_be_what_the_files_hold(string target, long count, string message)
    {
        var loss = target.Contains("class", StringComparison.Ordinal) ? "cross_entropy" : "mse";
        var text = Spec.Of(data: $"source csv \"a.csv\"; input [64]; {target}", train: $"loss {loss}; optimizer adam");
        var found = Spec.Only(Spec.Check(text, new DatasetDescription(Shape.Of(64), count, 100, 0)));
        Assert.Equal("PD3002", found.Code);
        Assert.Equal(message, found.Message);
    }

    [Fact]
    public void Shapes_that_the_spec_leaves_out_are_the_files()
    {
        var program = Spec.Right(
            Spec.Of(data: "source csv \"a.csv\"; target columns=[\"a\", \"b\"]", model: "linear 2"),
            new DatasetDescription(Shape.Of(7), 2, null, 0));
        Assert.Equal(Shape.Of(7), program.Data.Input);
        Assert.Equal(new CheckedTarget.Values(Shape.Of(2)), program.Data.Target);
    }

    [Fact]
    public void Without_the_files_all_else_is_checked()
    {
        var result = Spec.Check(Spec.Of(data: Csv, model: "fc: linear 2"), null);
        Assert.Equal("PD3004", Spec.Only(result).Code);
        Assert.Null(result.Value);
    }
}
