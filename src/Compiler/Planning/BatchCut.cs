using ParDsl.Compiler.Checked;
using ParDsl.Compiler.Diagnostics;
using ParDsl.Compiler.Plans;
using ParDsl.Diagnostics;

namespace ParDsl.Compiler.Planning;

/// <summary>
/// The law that a global batch is cut into equal parts: micro-batches first, then data ranks. Each part of an accumulation
/// is one flow through the pipeline's stages: its micro-batches multiply.
/// </summary>
internal static class BatchCut
{
    public static Diagnostic? Mistake(CheckedProgram program, Degrees degrees) =>
        program.Training.GlobalBatch % Parts(program, degrees) == 0
            ? null
            : PlanErrors.BatchDoesNotDivide(
                program.Training.BatchSpan,
                program.Training.GlobalBatch,
                program.Training.Accumulate,
                MicroBatches(program, degrees.Pipeline),
                degrees.Data);

    /// <summary>The micro-batches of an update: those of each part of an accumulation multiply.</summary>
    public static long MicroBatchCount(CheckedProgram program, int pipelineDegree) =>
        program.Training.Accumulate * MicroBatches(program, pipelineDegree);

    /// <summary>For a batch that <see cref="Mistake"/> finds nothing wrong with; the catalogue keeps it within 32 bits.</summary>
    public static BatchPlan Cut(CheckedProgram program, Degrees degrees) => new(
        checked((int)program.Training.GlobalBatch),
        checked((int)MicroBatchCount(program, degrees.Pipeline)),
        degrees.Data);

    /// <summary>The greatest data degree up to the devices there are that cuts the batch evenly; 1 where none does.</summary>
    public static int LargestDegree(CheckedProgram program, int deviceCount) => Enumerable
        .Range(1, deviceCount)
        .Reverse()
        .FirstOrDefault(degree => program.Training.GlobalBatch % Parts(program, new Degrees(degree, 1, 1)) == 0, 1);

    /// <summary>The next greater batch that so many data ranks share evenly; null where the data has fewer samples.</summary>
    public static long? NextEven(CheckedProgram program, int dataDegree)
    {
        var parts = program.Training.Accumulate * dataDegree;
        var even = checked((program.Training.GlobalBatch + parts - 1) / parts * parts);
        return program.Data.EpochSampleCount is { } samples && even > samples ? null : even;
    }

    /// <summary>What is to be shared, in words.</summary>
    public static string Words(CheckedProgram program) => program.Training.Accumulate == 1
        ? $"batch {program.Training.GlobalBatch}"
        : $"batch {program.Training.GlobalBatch} / accumulate {program.Training.Accumulate}";

    /// <summary>What the pipeline cuts each part of an accumulation into: as many as stages where nothing else is said.</summary>
    private static long MicroBatches(CheckedProgram program, int pipelineDegree)
    {
        if (program.Parallel.Pipeline is { MicroBatches: > 0 } request)
            return request.MicroBatches;
        return program.Training.Accumulate > 1 ? 1 : pipelineDegree;
    }

    /// <summary>The pieces of an update: what a batch must be a multiple of.</summary>
    public static Int128 Parts(CheckedProgram program, Degrees degrees) =>
        (Int128)MicroBatchCount(program, degrees.Pipeline) * degrees.Data;
}
