using ParDsl.Compiler;
using ParDsl.Compiler.Binding;
using ParDsl.Compiler.Checked;
using ParDsl.Compiler.Checking;
using ParDsl.Compiler.Hardware;
using ParDsl.Compiler.Planning;
using ParDsl.Compiler.Plans;
using ParDsl.Diagnostics;
using ParDsl.Imports;
using ParDsl.Parsing;
using ParDsl.Runtime.Data;
using ParDsl.Source;
using ParDsl.Syntax;

namespace ParDsl.Accuracy;

/// <summary>A spec's plan for this machine in a layout that is not its own.</summary>
internal static class SpecPlan
{
    /// <summary>The plan, or the diagnostics that refuse the layout.</summary>
    public static StageResult<ExecutionPlan> Of(string path, string layout, HardwareDescription hardware)
    {
        var program = Imports.Imports.fromFiles(Parsed(path, File.ReadAllText(path))).Program;
        var statements = program.Statements.Where(statement => !IsParallel(statement)).Concat(Parsed(layout, LayoutWords.Block(layout)).Statements);
        return Plan(new ProgramSyntax(program.File, [.. statements]), hardware);
    }

    /// <summary>All of a plan's layout, as the language has it: two that are the same have the same words.</summary>
    public static string Words(ExecutionPlan plan)
    {
        var (pipeline, recompute) = (plan.Program.Parallel.Pipeline, plan.Program.Parallel.Recompute);
        return string.Join(", ",
        [
            plan.Strategy,
            .. pipeline is { Degree: > 1 }
                ? [$"microbatches={plan.Batch.MicroBatchCount} schedule={pipeline.Schedule.Words()} chunks={pipeline.Chunks}"]
                : (string[])[],
            .. recompute.IsWanted ? [recompute.IsAll ? "recompute all" : $"recompute every={recompute.Every}"] : (string[])[],
        ]);
    }

    private static StageResult<ExecutionPlan> Plan(ProgramSyntax program, HardwareDescription hardware)
    {
        var data = DatasetProbe.Describe(Expect(DataBinder.Bind(program)));
        var result = Checker.Check(program, Expect(data));
        return result.Value is { } value && !result.HasErrors
            ? Planner.Plan(value, hardware, DeviceRequest.Unstated)
            : new StageResult<ExecutionPlan>(null, result.Diagnostics);
    }

    private static bool IsParallel(StatementSyntax statement) => statement.Match(
        call: call => call.Name.Text == "parallel",
        binding: _ => false,
        definition: _ => false,
        import: _ => false);

    private static ProgramSyntax Parsed(string name, string text)
    {
        var result = Parser.parse(new SourceFile(name, text));
        return result.Diagnostics.Any(each => each.Severity == Severity.Error)
            ? throw new InvalidOperationException(string.Join("; ", result.Diagnostics.Select(each => each.Message)))
            : result.Program;
    }

    private static T Expect<T>(StageResult<T> result)
        where T : class => result.Value
        ?? throw new InvalidOperationException(string.Join("; ", result.Diagnostics.Select(each => each.Message)));
}
