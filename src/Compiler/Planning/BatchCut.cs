using ParDsl.Compiler.Checked;
using ParDsl.Compiler.Diagnostics;
using ParDsl.Compiler.Plans;
using ParDsl.Diagnostics;

namespace ParDsl.Compiler.Planning;

/// <summary>The law that a global batch is cut into equal parts: micro-batches first, then data ranks.</summary>
internal static class BatchCut
{
    public static Diagnostic? Mistake(CheckedProgram program, int dataDegree)
    {
        var training = program.Training;
        return training.GlobalBatch % Parts(training, dataDegree) == 0
            ? null
            : PlanErrors.BatchDoesNotDivide(training.BatchSpan, training.GlobalBatch, training.Accumulate, dataDegree);
    }

    /// <summary>For a batch that <see cref="Mistake"/> finds nothing wrong with; the catalogue keeps it within 32 bits.</summary>
    public static BatchPlan Cut(CheckedProgram program, int dataDegree) =>
        new(checked((int)program.Training.GlobalBatch), checked((int)program.Training.Accumulate), dataDegree);

    /// <summary>The greatest degree up to the devices there are that cuts the batch evenly; 1 where none does.</summary>
    public static int LargestDegree(CheckedProgram program, int deviceCount) => Enumerable
        .Range(1, deviceCount)
        .Reverse()
        .FirstOrDefault(degree => program.Training.GlobalBatch % Parts(program.Training, degree) == 0, 1);

    /// <summary>What is to be shared, in words.</summary>
    public static string Words(CheckedProgram program) => program.Training.Accumulate == 1
        ? $"batch {program.Training.GlobalBatch}"
        : $"batch {program.Training.GlobalBatch} / accumulate {program.Training.Accumulate}";

    private static Int128 Parts(CheckedTraining training, int dataDegree) => (Int128)training.Accumulate * dataDegree;
}
