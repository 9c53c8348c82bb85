using ParDsl.Compiler.Checked;
using ParDsl.Compiler.Checking;
using ParDsl.Compiler.Data;
using ParDsl.Compiler.Hardware;
using ParDsl.Compiler.Hardware.Performance;
using ParDsl.Compiler.Plans;
using ParDsl.Compiler.Tests.Costs;
using ParDsl.Compiler.Tests.Planning;
using ParDsl.Parsing;
using ParDsl.Source;
using Xunit;

namespace ParDsl.Compiler.Tests.Printing.Pages;

/// <summary>Plans of a small GPT for the pages' tests, on GPUs whose speed is known.</summary>
internal static class PagePlans
{
    private static readonly HardwarePerformance Speed = Speeds.Of(
        RateCurve.Saturating(20e12, 1e9),
        new LinkPerformance(20e9, 5e-6),
        new LinkPerformance(10e9, 10e-6),
        call: 2e-6,
        memory: RateCurve.Flat(1e12));

    public static readonly Lazy<ExecutionPlan> Mesh = new(() => Gpt("data 2; pipeline 2 microbatches=4; tensor 2", 8));

    public static readonly Lazy<ExecutionPlan> Thousands = new(() => Gpt(
        "data 32; pipeline 32 microbatches=64; tensor 4; nodes 512", 8, blocks: 31, batch: 2048));

    /// <param name="layout">The words of the parallel block.</param>
    /// <param name="gpus">Of each machine.</param>
    public static ExecutionPlan Gpt(string layout, int gpus, int blocks = 6, int batch = 64, string name = "gpt") => Programs.Plan(
        Program($$"""
            data { source text "none.txt" length=128 }
            model {
              embedding 256
              positions learned
              repeat {{blocks}} {
                residual { layer_norm; attention heads=8 causal=true }
                residual { layer_norm; linear 1024; gelu; linear 256 }
              }
              layer_norm
              linear vocabulary
            }
            train { loss cross_entropy; optimizer adamw lr=1e-3; batch {{batch}}; epochs 1; precision bfloat16 }
            parallel { {{layout}} }
            """, name),
        Hardware(gpus),
        Programs.Ask(gpus));

    /// <summary>A machine of GPUs whose speed is known.</summary>
    public static HardwareDescription Hardware(int gpus) => Programs.Gpus(gpus) with { Performance = Speed };

    public static CheckedProgram Program(string spec, string name = "gpt")
    {
        var syntax = Parser.parse(new SourceFile(name + ".pd", spec));
        Assert.Empty(syntax.Diagnostics);
        var program = Checker.Check(syntax.Program, new DatasetDescription(Shape.Of(128), 128, 100_000, 0) { Vocabulary = 64 });
        Assert.Empty(program.Diagnostics);
        return program.Value!;
    }
}
