using System.Text;
using ParDsl.Compiler.Binding;
using ParDsl.Compiler.Checking;
using ParDsl.Compiler.Planning;
using ParDsl.Compiler.Tests.Checking;
using ParDsl.Goldens;
using ParDsl.Parsing;
using ParDsl.Source;
using Xunit;

namespace ParDsl.Compiler.Tests.Planning;

/// <summary>
/// What can stand together in a layout, asked of the checker and the planner themselves: docs/combinations.md is what they
/// answer.
/// </summary>
public sealed class CombinationTableTests
{
    private const string Model = "residual { layer_norm; attention heads=4 }; residual { layer_norm; linear 16; gelu; linear 8 }";

    private static readonly string[] Meshes =
    [
        "data 2", "pipeline 2", "tensor 2", "data 2; pipeline 2", "data 2; tensor 2", "pipeline 2; tensor 2", "data 2; pipeline 2; tensor 2",
        "tensor 2 sequence=true", "data 2; tensor 2 sequence=true", "pipeline 2; tensor 2 sequence=true",
        "data 2; pipeline 2; tensor 2 sequence=true",
    ];

    private static readonly (string Title, Func<string, string?> Layout, bool IsTied)[] Additions =
    [
        ("alone", mesh => mesh, false),
        ("`shard optimizer`", mesh => Sharded(mesh, "optimizer"), false),
        ("`shard gradients`", mesh => Sharded(mesh, "gradients"), false),
        ("`shard parameters`", mesh => Sharded(mesh, "parameters"), false),
        ("`gpipe`", mesh => Scheduled(mesh, "schedule=gpipe"), false),
        ("`interleaved`", mesh => Scheduled(mesh, "schedule=interleaved chunks=2"), false),
        ("`zero_bubble`", mesh => Scheduled(mesh, "schedule=zero_bubble"), false),
        ("`recompute`", mesh => $"{mesh}; recompute all", false),
        ("`check_replicas`", mesh => $"{mesh}; check_replicas", false),
        ("`tied=`", mesh => mesh, true),
        ("`tied=` and `shard`", mesh => Sharded(mesh, "optimizer"), true),
    ];

    [Fact]
    public void What_combines_is_what_the_documentation_says()
    {
        var table = new StringBuilder("# What combines with what\n\n");
        table.Append("A table of what the checker and the planner answer, for a small GPT; a test holds this page to it. A code is the\n");
        table.Append("diagnostic that refuses the combination, and its page says why; an empty cell means that there is nothing to combine:\n");
        table.Append("schedules belong to `pipeline`, and `shard` to `data`.\n\n");
        table.Append($"| layout | {string.Join(" | ", Additions.Select(addition => addition.Title))} |\n");
        table.Append($"| --- |{string.Concat(Additions.Select(_ => " --- |"))}\n");
        foreach (var mesh in Meshes)
            table.Append($"| `{mesh}` | {string.Join(" | ", Additions.Select(addition => Answer(addition.Layout(mesh), addition.IsTied)))} |\n");
        Golden.CheckFile("docs/combinations.md", table.ToString());
    }

    private static string? Sharded(string mesh, string level) =>
        mesh.Contains("data", StringComparison.Ordinal) ? $"{mesh}; shard {level}" : null;

    private static string? Scheduled(string mesh, string schedule) => mesh.Contains("pipeline 2", StringComparison.Ordinal)
        ? mesh.Replace("pipeline 2", $"pipeline 2 microbatches=4 {schedule}", StringComparison.Ordinal)
        : null;

    private static string Answer(string? layout, bool isTied)
    {
        if (layout is null)
            return "";
        var head = isTied ? "linear vocabulary tied=tokens" : "linear vocabulary";
        var text = Spec.Of(
            data: "source text \"words.txt\" length=6",
            model: $"tokens: embedding 8; {Model}; {head}",
            train: "loss cross_entropy; optimizer adamw; batch 32; metric accuracy",
            parallel: $"parallel {{ {layout} }}");
        var program = Checker.Check(Parser.parse(new SourceFile("spec.pd", text)).Program, Spec.Text(6));
        if (program.Value is null)
            return Code(program.Diagnostics);
        var plan = Planner.Plan(program.Value, Programs.Laptop, Hardware.DeviceRequest.Unstated);
        if (plan.Value is null)
            return Code(plan.Diagnostics);
        Assert.Empty(PlanChecker.Check(plan.Value));
        return "yes";
    }

    private static string Code(IEnumerable<ParDsl.Diagnostics.Diagnostic> diagnostics)
    {
        var code = diagnostics.First(diagnostic => diagnostic.Severity == ParDsl.Diagnostics.Severity.Error).Code;
        return $"[{code}](errors/{code}.md)";
    }
}
