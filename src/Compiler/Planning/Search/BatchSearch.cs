using System.Collections.Immutable;
using ParDsl.Compiler.Checked;
using ParDsl.Compiler.Diagnostics;
using ParDsl.Compiler.Hardware;
using ParDsl.Compiler.Plans;
using ParDsl.Diagnostics;

namespace ParDsl.Compiler.Planning.Search;

/// <summary>
/// <c>batch auto</c>: a sample for each part of a batch, doubled as long as the devices hold it and the data has as many. What
/// the layout is for that is the user's; where the planner is to choose it, replicas of the whole model, or where these do not
/// fit, the smallest change of that which does, with fewer samples where none does; and another mesh where there are fewer samples
/// than replicas. Where it is to choose degrees only, the first of them takes what is left of the devices, or where that does not
/// fit or cannot be, another mesh does. So a faster layout of the same batch may be taken later.
/// </summary>
internal sealed class BatchSearch
{
    /// <summary>Of a device's memory. The rest is for what lies between tensors, and for what a process takes beside them.</summary>
    private const double UsedShare = 0.9;

    private readonly CheckedProgram program;
    private readonly HardwareDescription hardware;
    private readonly DeviceRequest request;
    private readonly DeviceOffer offer;
    private readonly bool isOpen;

    public BatchSearch(CheckedProgram program, HardwareDescription hardware, DeviceRequest request, DeviceOffer offer)
    {
        (this.program, this.hardware, this.request, this.offer) = (program, hardware, request, offer);
        isOpen = hardware.Performance is not null && DegreeChoice.IsOpen(program.Parallel, offer);
    }

    public StageResult<FoundBatch> Run()
    {
        var span = program.Training.BatchSpan;
        if (program.Data.EpochSampleCount is not { } samples)
            return Failed(BatchErrors.SamplesUnknown(span));
        var first = First(samples);
        if ((Other(first.Value, samples) ?? first.Value) is not { } layout)
            return new StageResult<FoundBatch>(null, first.Diagnostics);
        return layout.Memory == 0
            ? Failed(BatchErrors.MemoryUnknown(span, hardware.Name))
            : new StageResult<FoundBatch>(Found(layout, samples), []);
    }

    /// <summary>What is written, with a sample for each part of its batch.</summary>
    private StageResult<BatchLayout> First(long samples)
    {
        var written = isOpen ? program with { Parallel = DegreeChoice.Simplest(program.Parallel) } : program;
        var (degrees, mistake) = DegreeChoice.Choose(written, offer);
        if (degrees is null)
            return new StageResult<BatchLayout>(null, [mistake!]);
        if (BatchCut.Parts(written, degrees) is var parts && parts > Most(samples))
        {
            var microBatches = BatchCut.MicroBatchCount(written, degrees.Pipeline);
            return new StageResult<BatchLayout>(
                null, [BatchErrors.MorePartsThanSamples(program.Training.BatchSpan, microBatches, degrees, samples)]);
        }

        var smallest = written.WithBatch((long)parts);
        var layout = LayoutChoice.Choose(smallest, hardware, request, offer);
        return new StageResult<BatchLayout>(
            layout.Value is { Devices: var devices } ? new BatchLayout(smallest, degrees, devices) : null, layout.Diagnostics);
    }

    /// <summary>Another layout, where the planner is to choose it and the first does not hold its smallest batch, or cannot be.</summary>
    private BatchLayout? Other(BatchLayout? first, long samples)
    {
        if (!isOpen || first is { Memory: 0 } or { HoldsSmallest: true })
            return null;
        // Where none is written, a replica for each device may be more than there are samples.
        return program.Parallel.IsAuto && first is not null
            ? Changed(first)
            : new OpenMeshes(program with { Parallel = DegreeChoice.AllOpen(program.Parallel) }, hardware, offer).First(Most(samples));
    }

    /// <summary>
    /// Ranks that do each layer together need no sample of their own, so where no layout holds one for each device, fewer samples
    /// are tried.
    /// </summary>
    private static BatchLayout? Changed(BatchLayout replicas)
    {
        for (var batch = replicas.Smallest.Training.GlobalBatch; batch >= 1; batch /= 2)
        {
            if (MemoryAdvice.Of(replicas.Smallest.WithBatch(batch), replicas.Degrees, replicas.Devices) is { } change)
            {
                var parts = (long)BatchCut.Parts(change.Program, change.Degrees);
                return new BatchLayout(change.Program.WithBatch(parts), change.Degrees, replicas.Devices);
            }
        }

        return null;
    }

    private FoundBatch Found(BatchLayout layout, long samples)
    {
        var batch = layout.Smallest.Training.GlobalBatch;
        while (2 * batch <= Most(samples) && layout.NeededFor(2 * batch) <= layout.Memory * UsedShare)
            batch *= 2;

        var why = 2 * batch > Most(samples)
            ? $"{2 * batch} would be more than the {Wording.Count(samples, "training sample")}"
            : $"{2 * batch} would need {ByteText.Of(layout.NeededFor(2 * batch))} a device {Place(layout)}, which is more than nine tenths of its "
                + ByteText.Of(layout.Memory);
        return new FoundBatch(
            program.WithBatch(batch),
            layout.NeededFor(batch) <= layout.Memory ? layout.Smallest.Parallel : null,
            $"`batch auto` takes {batch}: {why}; `batch {batch}` in `train` keeps it");
    }

    /// <summary>A batch is counted in 32 bits.</summary>
    private static long Most(long samples) => Math.Min(samples, int.MaxValue);

    private static string Place(BatchLayout layout) => layout.Degrees.WorldSize == 1
        ? "by itself"
        : $"with `{Layout.Strategy(layout.Smallest.Parallel, layout.Degrees)}`";

    private static StageResult<FoundBatch> Failed(Diagnostic mistake) => new(null, [mistake]);
}
