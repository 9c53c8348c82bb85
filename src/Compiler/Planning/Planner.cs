using System.Collections.Immutable;
using ParDsl.Compiler.Checked;
using ParDsl.Compiler.Checking;
using ParDsl.Compiler.Costs;
using ParDsl.Compiler.Diagnostics;
using ParDsl.Compiler.Hardware;
using ParDsl.Compiler.Planning.Programs;
using ParDsl.Compiler.Planning.Search;
using ParDsl.Compiler.Planning.Tensor;
using ParDsl.Compiler.Plans;
using ParDsl.Diagnostics;

namespace ParDsl.Compiler.Planning;

/// <summary>
/// A checked program and a machine come in, an execution plan goes out: the program laid over devices, or why it does not
/// fit them.
/// </summary>
public static class Planner
{
    public static StageResult<ExecutionPlan> Plan(CheckedProgram program, HardwareDescription hardware, DeviceRequest request)
    {
        try
        {
            return Choose(program, hardware, request);
        }
        catch (OverflowException)
        {
            return Failed([PlanErrors.MemoryBeyondMeasure(program.Parallel.Span)]);
        }
    }

    /// <summary>
    /// The plan of a program whose layout is written, with each layer as a segment of its own: it takes longer, and shows how long
    /// each layer does.
    /// </summary>
    public static StageResult<ExecutionPlan> PlanByLayer(CheckedProgram program, HardwareDescription hardware)
    {
        var offer = DeviceSelection.Select(program, hardware, DeviceRequest.Unstated);
        if (offer.Value is null)
            return Failed(offer.Diagnostics);
        var layout = LayoutChoice.Choose(program, hardware, DeviceRequest.Unstated, offer.Value);
        return layout.Value is null
            ? Failed(layout.Diagnostics)
            : new StageResult<ExecutionPlan>(LayOut(program, hardware, layout.Value, isCutByLayer: true), []);
    }

    private static StageResult<ExecutionPlan> Choose(CheckedProgram program, HardwareDescription hardware, DeviceRequest request)
    {
        hardware = MachineChoice.Of(program, hardware, request);
        var offer = DeviceSelection.Select(program, hardware, request);
        if (offer.Value is null)
            return Failed(offer.Diagnostics);
        return program.Training.FindsBatch
            ? FindBatch(program, hardware, request, offer.Value)
            : FindLayout(program, hardware, request, offer.Value);
    }

    private static StageResult<ExecutionPlan> FindBatch(
        CheckedProgram program, HardwareDescription hardware, DeviceRequest request, DeviceOffer offer)
    {
        var batch = new BatchSearch(program, hardware, request, offer).Run();
        if (batch.Value is not { } found)
            return Failed(batch.Diagnostics);
        var plan = FindLayout(found.Program, hardware, request, offer, found);
        return plan.Value is null
            ? plan
            : new(plan.Value with { Notes = plan.Value.Notes.Insert(0, found.Note) }, [.. plan.Diagnostics, .. WarmupLaw.OfFoundBatch(found.Program)]);
    }

    /// <param name="batch">Where the program's batch comes from; null where it is written.</param>
    private static StageResult<ExecutionPlan> FindLayout(
        CheckedProgram program, HardwareDescription hardware, DeviceRequest request, DeviceOffer offer, FoundBatch? batch = null)
    {
        if (!DegreeChoice.IsOpen(program.Parallel, offer) || hardware.Performance is not { } performance)
            return LayOut(program, hardware, request, offer);
        var search = new LayoutSearch(program, hardware, performance, offer, isBatchFound: batch is not null).Run();
        // What is wrong with a block that leaves degrees out is told of the block, as where one degree is left out.
        var otherwise = program.Parallel.IsAuto ? null : DegreeChoice.Simplest(program.Parallel);
        if ((search.Best ?? batch?.Layout ?? otherwise) is not { } best)
            return Failed([search.Mistake!]);
        var chosen = LayOut(program with { Parallel = best }, hardware, request, offer, search.Best is null ? null : search);
        return chosen.Value is null ? chosen : new(chosen.Value with { Candidates = search.Candidates }, chosen.Diagnostics);
    }

    /// <param name="search">Where the layout comes from; null where it is written.</param>
    private static StageResult<ExecutionPlan> LayOut(
        CheckedProgram program, HardwareDescription hardware, DeviceRequest request, DeviceOffer offer, SearchOutcome? search = null)
    {
        var layout = LayoutChoice.Choose(program, hardware, request, offer, search);
        return layout.Value is null ? Failed(layout.Diagnostics) : Fit(program, hardware, layout.Value);
    }

    private static StageResult<ExecutionPlan> Fit(CheckedProgram program, HardwareDescription hardware, Layout layout)
    {
        var plan = LayOut(program, hardware, layout);
        return MemoryFit.Mistake(plan, layout.Degrees) is { } mistake
            ? Failed([mistake])
            : new StageResult<ExecutionPlan>(plan with { Prediction = StepPredictor.Of(plan) }, []);
    }

    private static ExecutionPlan LayOut(
        CheckedProgram program, HardwareDescription hardware, Layout layout, bool isCutByLayer = false)
    {
        var mesh = MeshGroups.Mesh(layout.Degrees);
        var context = PlanContext.Of(program, layout.Degrees, mesh, MeshGroups.Of(mesh)) with { IsCutByLayer = isCutByLayer };
        return new ExecutionPlan(
            program,
            hardware,
            Layout.Strategy(program.Parallel, layout.Degrees),
            mesh,
            context.Batch,
            context.Shard,
            context.Tensor,
            context.Groups,
            RankPlanner.All(context, layout.Devices),
            [
                .. layout.Notes,
                .. TensorFit.Notes(program.Model, context.Tensor),
                .. PrecisionNotes.Of(program, layout.Devices),
            ])
        {
            Engine = EngineChoice.Of(hardware, layout.Devices),
        };
    }

    private static StageResult<ExecutionPlan> Failed(ImmutableArray<Diagnostic> diagnostics) => new(null, diagnostics);
}
