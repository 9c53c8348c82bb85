using ParDsl.Compiler.Binding;
using ParDsl.Compiler.Checked;
using ParDsl.Compiler.Checking;
using ParDsl.Compiler.Data;
using ParDsl.Compiler.Hardware;
using ParDsl.Compiler.Hardware.Known;
using ParDsl.Compiler.Planning;
using ParDsl.Compiler.Plans;
using ParDsl.Parsing;
using ParDsl.Source;
using Xunit;

namespace ParDsl.Compiler.Tests.Published;

/// <summary>A published run, and what <c>pardsl plan SPEC --on HARDWARE --set ...</c> says of it.</summary>
internal sealed record RunPrediction(PublishedRun Run, ExecutionPlan Plan)
{
    public double Seconds => Plan.Prediction!.Seconds;

    /// <summary>Of the predicted time; below 0 where it is too short.</summary>
    public double Error => (Seconds / Run.Seconds) - 1;

    public static RunPrediction Of(PublishedRun run)
    {
        var result = Planner.Plan(Checked(run), Hardware(run.On), DeviceRequest.Unstated);
        Assert.Empty(result.Diagnostics.Select(diagnostic => $"{run.Model} on {run.On}: {diagnostic.Code} {diagnostic.Message}"));
        return new RunPrediction(run, result.Value!);
    }

    private static CheckedProgram Checked(PublishedRun run)
    {
        var path = Path.Combine(PublishedRuns.Folder, run.Spec);
        var parsed = Parser.parse(new SourceFile(path, File.ReadAllText(path)));
        var whole = Imports.Imports.fromFiles(parsed.Program);
        var changed = Overrides.Overrides.apply(whole.Program, run.Set);
        Assert.Empty(parsed.Diagnostics.Concat(whole.Diagnostics).Concat(changed.Diagnostics).Select(found => $"{run.Spec}: {found.Message}"));
        var program = Checker.Check(changed.Program, Described(DataBinder.Bind(changed.Program).Value!));
        Assert.Empty(program.Diagnostics.Select(found => $"{run.Spec}: {found.Message}"));
        return program.Value!;
    }

    /// <summary>What the reader of made-up tokens says of them, which is no part of the compiler.</summary>
    private static DatasetDescription Described(DatasetRequest request)
    {
        Assert.Equal("synthetic_text", request.Source.Kind);
        var (count, length) = (request.Source.Arguments.Integer("count"), request.Source.Arguments.Integer("length"));
        return new DatasetDescription(Shape.Of(length), length, count, 0)
        {
            Vocabulary = request.Source.Arguments.Integer("vocabulary"),
        };
    }

    private static HardwareDescription Hardware(string on)
    {
        var numbers = on.Split(':', 'x').Skip(1).Select(int.Parse).ToArray();
        return KnownHardware.Of(KnownHardware.Find(on.Split(':')[0])!, numbers[0], numbers.Length > 1 ? numbers[1] : 0);
    }
}
