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
/// fit, the smallest change of that which does, with fewer samples where none does. So a faster layout of the same batch may be
/// taken later.
/// </summary>
internal sealed class BatchSearch
{
    /// <summary>Of a device's memory. The rest is for what lies between tensors, and for what a process takes beside them.</summary>
    private const double UsedShare = 0.9;

    private readonly CheckedProgram program;
    private readonly HardwareDescription hardware;
    private readonly DeviceRequest request;
    private readonly DeviceOffer offer;

    /// <summary>The user's block, where the layout is still to be chosen in it.</summary>
    private readonly ParallelRequest asked;

    public BatchSearch(CheckedProgram program, HardwareDescription hardware, DeviceRequest request, DeviceOffer offer)
    {
        (asked, this.hardware, this.request, this.offer) = (program.Parallel, hardware, request, offer);
        this.program = hardware.Performance is not null && DegreeChoice.IsOpen(asked, offer)
            ? program with { Parallel = DegreeChoice.Simplest(asked) }
            : program;
    }

    public StageResult<FoundBatch> Run()
    {
        var span = program.Training.BatchSpan;
        if (program.Data.EpochSampleCount is not { } samples)
            return Failed(BatchErrors.SamplesUnknown(span));
        var (degrees, mistake) = DegreeChoice.Choose(program, offer);
        if (degrees is null)
            return Failed(mistake!);
        if (BatchCut.Parts(program, degrees) is var parts && parts > Math.Min(samples, int.MaxValue))
            return Failed(BatchErrors.MorePartsThanSamples(span, BatchCut.MicroBatchCount(program, degrees.Pipeline), degrees, samples));

        var smallest = With(program, (long)parts);
        var layout = LayoutChoice.Choose(smallest, hardware, request, offer);
        if (layout.Value is null)
            return new StageResult<FoundBatch>(null, layout.Diagnostics);
        return layout.Value.Devices.Any(device => device.MemoryBytes == 0)
            ? Failed(BatchErrors.MemoryUnknown(span, hardware.Name))
            : Found(Fitting(smallest, degrees, layout.Value.Devices), layout.Value.Devices, samples);
    }

    /// <summary>
    /// The smallest batch in the layout that is to hold it. Ranks that do each layer together need no sample of their own, so
    /// where no layout holds one for each device, fewer samples are tried.
    /// </summary>
    private (CheckedProgram Smallest, Degrees Degrees) Fitting(
        CheckedProgram smallest, Degrees degrees, ImmutableArray<DeviceDescription> devices)
    {
        var isOpen = program.Parallel.IsAuto && hardware.Performance is not null;
        if (!isOpen || Needed(smallest, degrees, devices) <= Memory(devices))
            return (smallest, degrees);
        for (var batch = smallest.Training.GlobalBatch; batch >= 1; batch /= 2)
        {
            if (MemoryAdvice.Of(With(smallest, batch), degrees, devices) is { } change)
                return (With(change.Program, (long)BatchCut.Parts(change.Program, change.Degrees)), change.Degrees);
        }

        return (smallest, degrees);
    }

    private StageResult<FoundBatch> Found(
        (CheckedProgram Smallest, Degrees Degrees) layout, ImmutableArray<DeviceDescription> devices, long samples)
    {
        var (most, memory) = (Math.Min(samples, int.MaxValue), Memory(devices));
        var batch = layout.Smallest.Training.GlobalBatch;
        while (2 * batch <= most && NeededFor(2 * batch) <= memory * UsedShare)
            batch *= 2;

        var why = 2 * batch > most
            ? $"{2 * batch} would be more than the {Wording.Count(samples, "training sample")}"
            : $"{2 * batch} would need {ByteText.Of(NeededFor(2 * batch))} a device {Place(layout)}, which is more than nine tenths of its "
                + ByteText.Of(memory);
        return new StageResult<FoundBatch>(
            new FoundBatch(
                With(program with { Parallel = asked }, batch),
                NeededFor(batch) <= memory ? layout.Smallest.Parallel : null,
                $"`batch auto` takes {batch}: {why}; `batch {batch}` in `train` keeps it"),
            []);

        long NeededFor(long tried) => Needed(With(layout.Smallest, tried), layout.Degrees, devices);
    }

    private static string Place((CheckedProgram Smallest, Degrees Degrees) layout) => layout.Degrees.WorldSize == 1
        ? "by itself"
        : $"with `{Layout.Strategy(layout.Smallest.Parallel, layout.Degrees)}`";

    /// <summary>What the rank that needs most holds; what 64 bits cannot count, no device does.</summary>
    private static long Needed(CheckedProgram tried, Degrees degrees, ImmutableArray<DeviceDescription> devices)
    {
        try
        {
            return LayoutTrial.NeededBytes(tried, degrees, devices);
        }
        catch (OverflowException)
        {
            return long.MaxValue;
        }
    }

    private static long Memory(ImmutableArray<DeviceDescription> devices) => devices.Min(device => device.MemoryBytes);

    private static CheckedProgram With(CheckedProgram program, long batch) =>
        program with { Training = program.Training with { GlobalBatch = batch } };

    private static StageResult<FoundBatch> Failed(Diagnostic mistake) => new(null, [mistake]);
}
