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
using ParDsl.Runtime.Engines;
using ParDsl.Runtime.Training;
using ParDsl.Source;
using ParDsl.Syntax;

namespace ParDsl.Benchmarks;

/// <summary>Our side: a spec of Specs/, compiled and trained through the session that <c>pardsl run</c> uses.</summary>
internal sealed class SpecLoop : ITimedLoop
{
    private readonly TrainingSession session;

    private SpecLoop(ExecutionPlan plan, RunOptions options, IEngine engine) =>
        (session, StepSize) = (SessionBuilder.Build(plan, options, engine), plan.Batch.GlobalBatch);

    public int StepSize { get; }

    public ExecutionPlan Plan => session.Plan;

    /// <summary>Opens a spec on so many virtual devices that share so many cores.</summary>
    /// <param name="changes">Changes to the spec in the words of <c>--set</c>.</param>
    public static SpecLoop Open(string spec, int cores, int devices, params string[] changes) =>
        Open(spec, cores, devices, RunOptions.InMemory, changes);

    public static SpecLoop Open(string spec, int cores, int devices, RunOptions options, params string[] changes)
    {
        var hardware = new HardwareDescription("benchmark", cores, GC.GetGCMemoryInfo().TotalAvailableMemoryBytes, []);
        var request = new DeviceRequest(devices, [], RequireGpu: false);
        return new(Expect(Planner.Plan(Program(spec, changes), hardware, request)), options, ThreadEngine.Instance);
    }

    /// <summary>Opens a spec as one of a job's processes, which all open it.</summary>
    public static SpecLoop Open(string spec, HardwareDescription job, IEngine engine, params string[] changes) =>
        new(Expect(Planner.Plan(Program(spec, changes), job, DeviceRequest.Unstated)), RunOptions.InMemory, engine);

    /// <summary>A spec on so many replicas, each with a core and its part of the spec's batch.</summary>
    public static SpecLoop Replicas(string spec, int count) =>
        Open(spec, cores: count, devices: count, $"parallel.data={count}");

    /// <summary>The batch that a spec asks for.</summary>
    public static int BatchOf(string spec) => (int)Check(Read(spec)).Training.GlobalBatch;

    public double Step(int count) => Timing.Seconds(() => session.Step(count));

    public void Dispose() => session.Dispose();

    private static CheckedProgram Program(string spec, string[] changes) =>
        Check(Expect(Overrides.Overrides.apply(Read(spec), changes)));

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
