using ParDsl.Benchmarks.Rates;
using ParDsl.Compiler;
using ParDsl.Compiler.Binding;
using ParDsl.Compiler.Checked;
using ParDsl.Compiler.Checking;
using ParDsl.Compiler.Hardware;
using ParDsl.Compiler.Planning;
using ParDsl.Compiler.Plans;
using ParDsl.Diagnostics;
using ParDsl.Parsing;
using ParDsl.Runtime.Building;
using ParDsl.Runtime.Data;
using ParDsl.Runtime.Training;
using ParDsl.Source;
using ParDsl.Syntax;

namespace ParDsl.Benchmarks;

/// <summary>Our side: a spec of Specs/, compiled and trained through the session that <c>pardsl run</c> uses.</summary>
internal sealed class SpecLoop : ITimedLoop
{
    private readonly TrainingSession session;

    private SpecLoop(ExecutionPlan plan, RunOptions options) =>
        (session, StepSize) = (SessionBuilder.Build(plan, options), plan.Batch.GlobalBatch);

    public int StepSize { get; }

    public ExecutionPlan Plan => session.Plan;

    /// <summary>Opens a spec on so many virtual devices that share so many cores.</summary>
    /// <param name="changes">Changes to the spec in the words of <c>--set</c>.</param>
    public static SpecLoop Open(string spec, int cores, int devices, params string[] changes) =>
        Open(spec, cores, devices, RunOptions.InMemory, changes);

    public static SpecLoop Open(string spec, int cores, int devices, RunOptions options, params string[] changes)
    {
        var program = Check(Expect(Overrides.Overrides.apply(Read(spec), changes)));
        var hardware = new HardwareDescription("benchmark", cores, GC.GetGCMemoryInfo().TotalAvailableMemoryBytes, []);
        return new(Expect(Planner.Plan(program, hardware, new DeviceRequest(devices, [], RequireGpu: false))), options);
    }

    /// <summary>A spec on so many replicas, each with a core and its part of the spec's batch.</summary>
    public static SpecLoop Replicas(string spec, int count) =>
        Open(spec, cores: count, devices: count, $"parallel.data={count}");

    /// <summary>The batch that a spec asks for.</summary>
    public static int BatchOf(string spec) => (int)Check(Read(spec)).Training.GlobalBatch;

    public double Step(int count) => Timing.Seconds(() => session.Step(count));

    public void Dispose() => session.Dispose();

    private static ProgramSyntax Read(string spec)
    {
        var path = Path.Combine(AppContext.BaseDirectory, "Specs", spec);
        return Expect(Parser.parse(new SourceFile(path, File.ReadAllText(path))));
    }

    private static CheckedProgram Check(ProgramSyntax syntax) =>
        Expect(Checker.Check(syntax, Expect(DatasetProbe.Describe(Expect(DataBinder.Bind(syntax))))));

    private static ProgramSyntax Expect(ParseResult result) =>
        result.Diagnostics.Any(each => each.Severity == Severity.Error) ? throw Wrong(result.Diagnostics) : result.Program;

    private static T Expect<T>(StageResult<T> result)
        where T : class => result.Value ?? throw Wrong(result.Diagnostics);

    private static InvalidOperationException Wrong(IEnumerable<Diagnostic> diagnostics) =>
        new(string.Join("; ", diagnostics.Select(each => each.Message)));
}
