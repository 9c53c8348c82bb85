using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using ParDsl.Compiler.Checked;
using ParDsl.Compiler.Checking;
using ParDsl.Compiler.Costs;
using ParDsl.Compiler.Data;
using ParDsl.Compiler.Hardware;
using ParDsl.Compiler.Hardware.Performance;
using ParDsl.Compiler.Planning;
using ParDsl.Compiler.Planning.Search;
using ParDsl.Compiler.Plans;
using ParDsl.Compiler.Tests.Costs;
using ParDsl.Parsing;
using ParDsl.Source;
using Xunit;

namespace ParDsl.Compiler.Tests.Planning;

/// <summary>Programs, hardware and layouts for the tests of searches.</summary>
internal static class Searches
{
    /// <summary>Links that are slow beside the products, so that layouts differ.</summary>
    public static readonly HardwarePerformance Workstation = Speeds.Of(
        RateCurve.Saturating(50e12, 1e8), new LinkPerformance(50e9, 5e-6), new LinkPerformance(5e9, 20e-6), 5e-6, RateCurve.Flat(1e12));

    public static double Seconds(CheckedProgram program, LayoutOption option, HardwareDescription hardware) =>
        Simulated(Trial(program, option, hardware));

    public static long Needed(CheckedProgram program, LayoutOption option, HardwareDescription hardware) =>
        Trial(program, option, hardware).Ranks.Max(rank => rank.Memory.TotalBytes);

    public static StepOutline Trial(CheckedProgram program, LayoutOption option, HardwareDescription hardware) =>
        LayoutTrial.Of(program with { Parallel = option.Request(program.Parallel) }, option.Degrees, hardware.Gpus).First();

    public static double Simulated(StepOutline outline)
    {
        var simulation = new StepSimulation(outline, Workstation);
        simulation.Run();
        return simulation.Seconds;
    }

    public static CheckedProgram Gpt(string layout) => Gpts.Of(layout, blocks: 6, features: 128, heads: 8, batch: "32");

    public static CheckedProgram Convolutions() =>
        Images(32, "repeat 12 { conv2d 64 kernel=3 padding=1; relu }; flatten; linear 4");

    public static CheckedProgram Images(int width, string model) => Check(
        $$"""
        data { source synthetic 8000; input [3, {{width}}, {{width}}]; target class 4 }
        model { {{model}} }
        train { loss cross_entropy; optimizer adamw lr=1e-3; batch 128; epochs 1 }
        parallel auto
        """,
        new DatasetDescription(Shape.Of(3, width, width), 1, 8000, 0));

    public static CheckedProgram Check(string text, DatasetDescription data)
    {
        var syntax = Parser.parse(new SourceFile("spec.pd", text));
        Assert.Empty(syntax.Diagnostics);
        var checkedProgram = Checker.Check(syntax.Program, data);
        Assert.Empty(checkedProgram.Diagnostics);
        return checkedProgram.Value!;
    }

    public static bool Fits(LayoutCandidate candidate) => candidate.Rejection.Length == 0;
}
