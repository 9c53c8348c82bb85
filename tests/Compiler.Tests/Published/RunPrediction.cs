using System.Collections.Immutable;
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

/// <summary>
/// A published run, and what <c>pardsl plan SPEC --on HARDWARE --set ...</c> says of it, or would say if the devices had memory
/// without end: each of these runs did fit.
/// </summary>
/// <param name="DeviceBytes">What one device holds.</param>
internal sealed record RunPrediction(PublishedRun Run, ExecutionPlan Plan, long DeviceBytes)
{
    private const double Gib = 1L << 30;

    public double Seconds => Plan.Prediction!.Seconds;

    /// <summary>Of the predicted time; below 0 where it is too short.</summary>
    public double Error => (Seconds / Run.Seconds) - 1;

    /// <summary>Of the rank that needs most.</summary>
    public MemoryEstimate Memory { get; } = Plan.Ranks.MaxBy(rank => rank.Memory.TotalBytes)!.Memory;

    public long MemoryBytes => Memory.TotalBytes;

    /// <summary>Of the predicted memory; below 0 where it is too little.</summary>
    public double MemoryError => (MemoryBytes / Gib / Run.MemoryGib) - 1;

    /// <summary>What it would be if gradients stayed in 16 bits, as others keep them: half of the masters are their copies.</summary>
    public long BytesWithoutWideGradients => MemoryBytes - (Memory.MasterBytes / 2);

    public double ErrorWithoutWideGradients => (BytesWithoutWideGradients / Gib / Run.MemoryGib) - 1;

    public bool IsRefused => MemoryBytes > DeviceBytes;

    public static RunPrediction Of(PublishedRun run)
    {
        var hardware = Hardware(run.On);
        var result = Planner.Plan(Checked(run), WithoutLimit(hardware), DeviceRequest.Unstated);
        Assert.Empty(result.Diagnostics.Select(diagnostic => $"{run.Model} on {run.On}: {diagnostic.Code} {diagnostic.Message}"));
        return new RunPrediction(run, result.Value!, hardware.Gpus[0].MemoryBytes);
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

    private static HardwareDescription WithoutLimit(HardwareDescription hardware) => hardware with
    {
        Gpus = WithoutLimit(hardware.Gpus),
        Machines = [.. hardware.Machines.Select(machine => machine with { Gpus = WithoutLimit(machine.Gpus) })],
    };

    private static ImmutableArray<DeviceDescription> WithoutLimit(ImmutableArray<DeviceDescription> gpus) =>
        [.. gpus.Select(gpu => gpu with { MemoryBytes = 0 })];
}
