using System.Collections.Immutable;
using ParDsl.Compiler.Checked;
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

    private static StageResult<ExecutionPlan> Choose(CheckedProgram program, HardwareDescription hardware, DeviceRequest request)
    {
        hardware = MachineChoice.Of(program, hardware, request);
        var offer = DeviceSelection.Select(program, hardware, request);
        if (offer.Value is null)
            return Failed(offer.Diagnostics);

        if (!program.Parallel.IsAuto || hardware.Performance is not { } performance)
            return LayOut(program, hardware, request, offer.Value);
        var search = new LayoutSearch(program, hardware, performance, offer.Value).Run();
        if (search.Best is null)
            return Failed([search.Mistake!]);
        var chosen = LayOut(program with { Parallel = search.Best }, hardware, request, offer.Value);
        return chosen.Value is null ? chosen : new(chosen.Value with { Candidates = search.Candidates }, chosen.Diagnostics);
    }

    private static StageResult<ExecutionPlan> LayOut(
        CheckedProgram program, HardwareDescription hardware, DeviceRequest request, DeviceOffer offer)
    {
        var layout = LayoutChoice.Choose(program, hardware, request, offer);
        return layout.Value is null ? Failed(layout.Diagnostics) : Fit(program, hardware, layout.Value);
    }

    private static StageResult<ExecutionPlan> Fit(CheckedProgram program, HardwareDescription hardware, Layout layout)
    {
        var plan = LayOut(program, hardware, layout);
        return MemoryFit.Mistake(plan, layout.Degrees) is { } mistake
            ? Failed([mistake])
            : new StageResult<ExecutionPlan>(plan with { Prediction = StepPredictor.Of(plan) }, []);
    }

    private static ExecutionPlan LayOut(CheckedProgram program, HardwareDescription hardware, Layout layout)
    {
        var mesh = MeshGroups.Mesh(layout.Degrees);
        var context = PlanContext.Of(program, layout.Degrees, mesh, MeshGroups.Of(mesh));
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
                .. MachineNotes.Of(mesh, layout.Devices),
            ])
        {
            Engine = EngineChoice.Of(hardware, layout.Devices),
        };
    }

    private static StageResult<ExecutionPlan> Failed(ImmutableArray<Diagnostic> diagnostics) => new(null, diagnostics);
}
