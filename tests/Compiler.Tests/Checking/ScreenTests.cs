using ParDsl.Compiler.Checking;
using ParDsl.Compiler.Data;
using ParDsl.Overrides;
using ParDsl.Printing;
using ParDsl.Syntax;
using Xunit;

namespace ParDsl.Compiler.Tests.Checking;

/// <summary>Findings as the user sees them.</summary>
public sealed class ScreenTests
{
    [Fact]
    public void The_style_guides_example_is_shown_as_it_stands_there()
    {
        const string text = """
            data { source synthetic 320; input [10]
              target [5]
            }
            model {
              fc1: linear 5
              relu
              fc2: linear 2
            }
            train { loss mse; optimizer sgd lr=0.01 }
            """;
        var program = Spec.Parse(text.ReplaceLineEndings("\n"), "seed.pd");
        var screen = DiagnosticScreen.print(Checker.Check(program, Spec.Describe(text)).Diagnostics);
        Assert.Equal(
            """
            error PD3004: the loss compares `fc2` of shape [32, 2] with a target of shape [32, 5]
              --> seed.pd:7:3
               |
             2 |   target [5]
               |          --- the target has 5 values
             7 |   fc2: linear 2
               |   ^^^^^^^^^^^^^ this layer gives 2
               |
            help: write `fc2: linear 5`
            """.ReplaceLineEndings("\n"),
            screen.TrimEnd());
    }

    [Theory]
    [InlineData("width=0", "PD2018")]
    [InlineData("train.batch=4000", "PD3008")]
    [InlineData("train.bach=4", "PD2010")]
    [InlineData("parallel.nodes=0", "PD2018")]
    public void What_set_says_is_checked_and_shown_like_the_specs_own_text(string setting, string code)
    {
        var program = Spec.Parse(Spec.Of(top: "let width = 8", model: "linear width; linear 5"));
        var changed = Overrides.Overrides.apply(program, [setting]);
        var codes = changed.Diagnostics
            .Concat(Checker.Check(changed.Program, new DatasetDescription(new([10]), 5, 320, 0)).Diagnostics)
            .Select(diagnostic => diagnostic.Code);
        Assert.Equal([code], codes);
    }

    [Theory]
    [InlineData("repeat 9223372036854775807 { relu }", "PD2028")]
    [InlineData("repeat 9223372036854775807 { repeat 9223372036854775807 { linear 5 } }", "PD2028")]
    [InlineData("linear 9223372036854775807", "PD3011")]
    [InlineData("linear 99999999999999999999", "PD1013")]
    [InlineData("linear 1e400", "PD1014")]
    public void Enormous_numbers_are_refused_at_once(string model, string code)
    {
        var parsed = ParDsl.Parsing.Parser.parse(new ParDsl.Source.SourceFile("spec.pd", Spec.Of(model: model)));
        var codes = parsed.Diagnostics.Concat(
            Checker.Check(parsed.Program, new DatasetDescription(new([10]), 5, 320, 0)).Diagnostics).Select(found => found.Code);
        Assert.Contains(code, codes);
    }
}
