using ParDsl.Compiler.Checked;
using ParDsl.Compiler.Checking;
using ParDsl.Compiler.Data;
using ParDsl.Parsing;
using ParDsl.Source;
using Xunit;

namespace ParDsl.Compiler.Tests.Planning;

/// <summary>A GPT of some size over 100,000 blocks of a text, for tests of searches.</summary>
internal static class Gpts
{
    /// <param name="layout">What stands in the parallel block; empty for <c>parallel auto</c>.</param>
    /// <param name="batch">What stands behind <c>batch</c>.</param>
    public static CheckedProgram Of(string layout, int blocks, int features, int heads, string batch, string more = "", long samples = 100_000)
    {
        var parallel = layout.Length == 0 ? "parallel auto" : $"parallel {{ {layout} }}";
        var syntax = Parser.parse(new SourceFile("gpt.pd", $$"""
            data {
              source text "none.txt" length=128
            }

            model {
              embedding {{features}}
              positions learned
              repeat {{blocks}} {
                residual { layer_norm; attention heads={{heads}} causal=true }
                residual { layer_norm; linear {{4 * features}}; gelu; linear {{features}} }
              }
              layer_norm
              linear vocabulary
            }

            train {
              loss      cross_entropy
              optimizer adamw lr=1e-3
              batch     {{batch}}
              epochs    1
              {{more}}
            }

            {{parallel}}
            """));
        Assert.Empty(syntax.Diagnostics);
        var checkedProgram = Checker.Check(syntax.Program, new DatasetDescription(Shape.Of(128), 128, samples, 0) { Vocabulary = 64 });
        Assert.Empty(checkedProgram.Diagnostics);
        return checkedProgram.Value!;
    }
}
