using System.Collections.Immutable;
using ParDsl.Compiler.Checked;
using ParDsl.Compiler.Diagnostics;
using ParDsl.Compiler.Hardware;
using ParDsl.Compiler.Plans;
using ParDsl.Diagnostics;

namespace ParDsl.Compiler.Planning;

/// <summary>
/// A checked program and a machine come in, an execution plan goes out: the program laid over devices, or why it does not
/// fit them. In this version a layout is one device, or <c>data N</c>.
/// </summary>
public static class Planner
{
    public static StageResult<ExecutionPlan> Plan(CheckedProgram program, HardwareDescription hardware, DeviceRequest request)
    {
        var offer = DeviceSelection.Select(program, hardware, request);
        if (offer.Value is null)
            return Failed(offer.Diagnostics);

        var layout = LayoutChoice.Choose(program, hardware, request, offer.Value);
        if (layout.Value is null)
            return Failed(layout.Diagnostics);

        if (BatchCut.Mistake(program, layout.Value.DataDegree) is { } mistake)
            return Failed([mistake]);

        return Fit(program, hardware, layout.Value);
    }

    private static StageResult<ExecutionPlan> Fit(CheckedProgram program, HardwareDescription hardware, Layout layout)
    {
        try
        {
            var plan = LayOut(program, hardware, layout);
            return MemoryFit.Mistake(plan) is { } mistake ? Failed([mistake]) : new StageResult<ExecutionPlan>(plan, []);
        }
        catch (OverflowException)
        {
            return Failed([PlanErrors.MemoryBeyondMeasure(program.Parallel.Span)]);
        }
    }

    private static ExecutionPlan LayOut(CheckedProgram program, HardwareDescription hardware, Layout layout)
    {
        var batch = BatchCut.Cut(program, layout.DataDegree);
        var mesh = new Mesh([new MeshAxis(MeshAxis.Data, layout.DataDegree)]);
        var buckets = BucketCut.Cut(program);
        ImmutableArray<GroupPlan> groups = layout.DataDegree > 1
            ? [new GroupPlan(0, MeshAxis.Data, MeshAxis.Data, [.. Enumerable.Range(0, layout.DataDegree)])]
            : [];
        var memory = MemoryFit.Estimate(program, batch);
        var actions = new ActionSequence(program, batch, buckets, groups.FirstOrDefault());
        var ranks = layout.Devices.Select((device, rank) =>
            new RankPlan(rank, [rank], device, actions.Update, actions.Evaluate, memory));
        var notes = layout.Notes.AddRange(MemoryFit.Notes(memory, layout.Devices[0]));
        return new ExecutionPlan(program, hardware, layout.Strategy, mesh, batch, buckets, groups, [.. ranks], notes);
    }

    private static StageResult<ExecutionPlan> Failed(ImmutableArray<Diagnostic> diagnostics) => new(null, diagnostics);
}
