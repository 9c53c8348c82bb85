using System.Collections.Immutable;
using ParDsl.Compiler.Checked;
using ParDsl.Compiler.Diagnostics;
using ParDsl.Compiler.Planning.Tensor;
using ParDsl.Diagnostics;

namespace ParDsl.Compiler.Planning;

/// <summary>
/// Everything that the model and the batch cannot do with these degrees. No machine comes in: what is wrong here is wrong
/// everywhere, so <c>pardsl check</c> says it too.
/// </summary>
internal static class LayoutFit
{
    public static ImmutableArray<Diagnostic> Mistakes(CheckedProgram program, Degrees degrees)
    {
        ImmutableArray<Diagnostic> stages = [.. StageCut.Mistakes(program, degrees.Pipeline)];
        return
        [
            .. stages,
            .. MicroBatches(program, degrees),
            .. TensorFit.Mistake(program, degrees.Tensor) is { } tensor ? [tensor] : (Diagnostic[])[],
            .. stages.IsEmpty && CombinationFit.Mistake(program, degrees) is { } combination ? [combination] : (Diagnostic[])[],
        ];
    }

    /// <summary>A batch that has fewer samples than micro-batches needs no second finding that it does not divide.</summary>
    private static IEnumerable<Diagnostic> MicroBatches(CheckedProgram program, Degrees degrees)
    {
        var count = BatchCut.MicroBatchCount(program, degrees.Pipeline);
        if (program.Parallel.Pipeline is { } request && count > program.Training.GlobalBatch)
            return [PipelineErrors.MoreMicroBatchesThanSamples(request, program.Training, count)];
        IEnumerable<Diagnostic> batch = BatchCut.Mistake(program, degrees) is { } mistake ? [mistake] : [];
        return batch.Concat(count > int.MaxValue ? [] : ScheduleFit.Mistakes(program, degrees.Pipeline, (int)count));
    }
}
