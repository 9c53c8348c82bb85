using ParDsl.Compiler.Checked;
using ParDsl.Compiler.Checking;
using ParDsl.Compiler.Data;
using ParDsl.Compiler.Planning;
using ParDsl.Compiler.Printing;
using ParDsl.Goldens;
using ParDsl.Parsing;
using ParDsl.Source;
using Xunit;

namespace ParDsl.Compiler.Tests.Planning;

/// <summary>The plan of every example that checks, for one device of a laptop and for four GPUs, on data that is described here.</summary>
public sealed class ExamplePlanTests
{
    private static readonly DatasetDescription Digits = new(Shape.Of(64), 1, 1797, 0);
    private static readonly DatasetDescription Article = new(Shape.Of(10), 2, 320, 0);
    private static readonly DatasetDescription Fashion = new(Shape.Of(28, 28), 1, 60000, 10000);

    private static readonly DatasetDescription Genesis = new(Shape.Of(64), 64, 5723, 0) { Vocabulary = 62 };

    public static TheoryData<string, string> Examples => new()
    {
        { "01-digits", "digits" },
        { "02-article", "fixed" },
        { "03-fashion", "conv" },
        { "04-four-devices", "conv" },
        { "05-residual", "residual" },
        { "06-gpt", "gpt" },
    };

    [Theory]
    [MemberData(nameof(Examples))]
    public void An_example_on_one_device(string folder, string name) => Check(folder, name, 1, Programs.Laptop, "plan-1.txt");

    [Theory]
    [MemberData(nameof(Examples))]
    public void An_example_on_four_gpus(string folder, string name) => Check(folder, name, 4, Programs.Gpus(4), "plan-4.txt");

    private static void Check(string folder, string name, long degree, Hardware.HardwareDescription hardware, string golden)
    {
        var program = Program(folder, name);
        var plan = Programs.Plan(program.With(Programs.Replicas(degree)), hardware);
        Assert.Empty(PlanChecker.Check(plan));
        Golden.Check($"examples/{folder}/{golden}", PlanPrinter.Print(plan));
    }

    private static CheckedProgram Program(string folder, string name)
    {
        var path = Path.Combine(Golden.Root, "examples", folder, $"{name}.pd");
        var syntax = Parser.parse(new SourceFile($"{name}.pd", File.ReadAllText(path)));
        Assert.Empty(syntax.Diagnostics);
        var result = Checker.Check(syntax.Program, folder switch { "01-digits" => Digits, "02-article" => Article, "06-gpt" => Genesis, _ => Fashion });
        Assert.Empty(result.Diagnostics);
        return Assert.IsType<CheckedProgram>(result.Value);
    }
}
